import { describe, expect, it } from 'vitest';
import { sharedText } from '../../../testing/shared-data.ts';
import { lastDayOf, supportWarning } from './end-of-life.ts';

function distro(id: string, versionId: string, prettyName = '') {
  return { id, versionId, codename: null, prettyName };
}

describe('the end of a release', () => {
  it.each([
    ['debian', '10', '2024-06-30'],
    ['debian', '12.9', '2028-06-30'],
    ['ubuntu', '22.04', '2027-04-01'],
    ['alpine', '3.18.4', '2025-05-09'],
    ['amzn', '2018.03', '2023-12-31'],
    ['rhel', '8.9', '2029-05-31'],
    ['alpine', 'edge', null],
    ['toString', '1', null],
  ])('of %s %s is %s', (id, version, day) => {
    expect(lastDayOf(distro(id, version))).toBe(day);
  });

  it('is told from the day after on', () => {
    const buster = distro('debian', '10', 'Debian GNU/Linux 10 (buster)');

    expect(supportWarning(buster, new Date('2024-06-30T23:00:00Z'))).toBeNull();
    expect(supportWarning(buster, new Date('2024-07-01T00:00:00Z'))).toMatch(
      /^Debian GNU\/Linux 10 \(buster\) has had no free/,
    );
  });

  it('of Ubuntu is what endoflife.date has, within a month', (ctx) => {
    const text = sharedText(ctx, 'native/feed-samples/endoflife-date/api/happy/full');
    const { result } = JSON.parse(text) as {
      result: readonly { name: string; releases: readonly { name: string; eolFrom: string }[] }[];
    };
    const releases = result.find(({ name }) => name === 'ubuntu')?.releases ?? [];
    const compared = releases.flatMap(({ name, eolFrom }) => {
      const ours = lastDayOf(distro('ubuntu', name));
      return ours === null || name < '16'
        ? []
        : [{ name, days: Math.abs(Date.parse(ours) - Date.parse(eolFrom)) / 86_400_000 }];
    });

    expect(compared.length).toBeGreaterThan(7);
    expect(compared.filter(({ days }) => days > 31)).toEqual([]);
  });
});
