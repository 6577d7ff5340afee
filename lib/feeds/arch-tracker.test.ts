import { describe, expect, it } from 'vitest';
import { sharedData } from '../testing/shared-data.ts';
import { readArchTracker } from './arch-tracker.ts';
import type { SkipCount } from './skip-count.ts';
import { readContentWith, readFileWith } from './testing/read-all.ts';

const AS_OF = new Date('2026-08-01T00:00:00Z');
const tracker = (path: string, skips: SkipCount, signal: AbortSignal) => readArchTracker(path, AS_OF, skips, signal);
const group = (name: unknown, more: Readonly<Record<string, unknown>>) => ({
  name,
  packages: ['a'],
  status: 'Vulnerable',
  severity: 'High',
  affected: '1.0-1',
  fixed: null,
  issues: ['CVE-2026-0001'],
  ...more,
});

describe("Arch's tracker", () => {
  it.each([
    ['mended', { status: 'Fixed', fixed: '1.0-2' }, [[{ introduced: '0' }, { fixed: '1.0-2' }]]],
    [
      'mended in a repository for tests',
      { status: 'Testing', fixed: '1.0-2' },
      [[{ introduced: '0' }, { fixed: '1.0-2' }]],
    ],
    ['not mended', {}, [[{ introduced: '0' }]]],
    ['not there at all', { status: 'Not affected' }, [[]]],
    ['not known yet', { status: 'Unknown' }, []],
    ['mended in no version that can be read', { status: 'Fixed', fixed: 'soon; rm' }, []],
  ])('says what is %s', async (_what, more, events) => {
    const { items } = await readContentWith(JSON.stringify([group('AVG-1', more)]), tracker);

    expect(items[0]?.affected[0]?.ranges).toEqual(events.map((each) => ({ type: 'ECOSYSTEM', events: each })));
  });

  it('passes by what is no group', async () => {
    const document = [group('AVG-1', {}), group('AVG 2', {}), group('AVG-3', { packages: ['; rm'] }), {}, 'text', null];
    const { items, skipped } = await readContentWith(JSON.stringify(document), tracker);

    expect(items.map(({ id }) => id)).toEqual(['AVG-1']);
    expect(skipped).toEqual([
      { reason: 'no valid id', count: 2 },
      { reason: 'names no package', count: 1 },
    ]);
  });

  it('as Arch publishes it is read', async (ctx) => {
    const { items, skipped } = await readFileWith(sharedData(ctx, 'native/feed-samples/arch/advisory.json'), tracker);

    expect(items).toEqual([
      expect.objectContaining({ id: 'AVG-1', upstream: ['CVE-2016-6352'] }),
      expect.objectContaining({
        id: 'AVG-5',
        upstream: ['CVE-2016-10095', 'CVE-2015-7554'],
        summary: 'arbitrary code execution',
        severities: [{ type: 'word', value: 'critical', source: 'arch' }],
        references: ['https://security.archlinux.org/AVG-5', 'https://security.archlinux.org/ASA-201707-17'],
        affected: [
          {
            ecosystem: 'Arch Linux',
            name: 'libtiff',
            ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '4.0.8-2' }] }],
            versions: [],
          },
        ],
      }),
    ]);
    expect(skipped).toEqual([]);
  });

  it.each([
    ['is cut short', '[{"name":"AVG-1"', /middle of a record/],
    ['is no JSON', 'invalid', /not a JSON list/],
    ['has a list somewhere else', `${'{"a":'.repeat(20_000)}[]`, /not a JSON list/],
    ['is in another encoding', Buffer.from('\uFEFF[{}]', 'utf16le'), /not a JSON list/],
  ])('that %s is refused whole', async (_why, content, sentence) => {
    await expect(readContentWith(content, tracker)).rejects.toThrow(sentence);
  });
});
