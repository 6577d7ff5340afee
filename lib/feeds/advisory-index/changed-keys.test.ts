import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AdvisorySketch, buildAdvisory } from '../../testing/build-advisory.ts';
import { CHANGED_KEYS_MAX, changedKeys } from './changed-keys.ts';
import { type IndexFiles, indexFiles, replaceFile, revisionPath } from './index-files.ts';
import { createOsvPackWriter } from './osv-pack-writer.ts';
import { packName, revisionName, revisionText } from './revision.ts';

let area: string;
let files: IndexFiles;

beforeEach(() => {
  area = mkdtempSync(join(tmpdir(), 'harrier-changed-'));
  files = indexFiles(area);
  mkdirSync(files.directory, { recursive: true });
});

afterEach(() => {
  rmSync(area, { recursive: true, force: true });
});

type Sources = Readonly<Record<string, readonly AdvisorySketch[]>>;

/** Writes a revision of these sources, as a sync leaves it. */
function revise(sources: Sources): string {
  const stored = Object.entries(sources).map(([name, sketches]) => {
    const sha256 = createHash('sha256').update(JSON.stringify(sketches)).digest('hex');
    const pack = packName(name, sha256);
    const writer = createOsvPackWriter(join(files.directory, pack));
    for (const advisory of sketches.map(buildAdvisory)) {
      writer.add(advisory, advisory.withdrawn === null ? advisory.affected : []);
    }
    const facts = { skipped: 0, reasons: [], newest: null, syncedAt: new Date(0), detail: {} };
    return { name, sha256, records: writer.finish({}), ...facts, pack };
  });
  const name = revisionName(stored);
  replaceFile(revisionPath(files, name), revisionText(stored));
  return name;
}

function changed(before: Sources, after: Sources): readonly string[] | 'everything' {
  const keys = changedKeys(files, revise(before), revise(after));
  return keys === 'everything' ? keys : [...keys].sort();
}

const below = (fixed: string) => [{ introduced: '0' }, { fixed }] as const;
const high = [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', source: 'nvd' }] as const;
const LODASH: AdvisorySketch = {
  id: 'GHSA-aaaa-aaaa-aaaa',
  aliases: ['CVE-2026-0001'],
  affects: [
    ['npm', 'lodash', below('4.17.21')],
    ['npm', 'lodash-es', below('4.17.21')],
  ],
};
const MINIMIST: AdvisorySketch = { id: 'GHSA-bbbb-bbbb-bbbb', affects: [['npm', 'minimist', below('1.2.6')]] };
const SECOND: AdvisorySketch = { id: 'GHSA-cccc-cccc-cccc', affects: [['npm', 'lodash', below('4.17.5')]] };
const BOTH = { 'osv/npm': [LODASH, MINIMIST] };

describe('the packages to match again', () => {
  it.each<[string, AdvisorySketch[], readonly string[]]>([
    ['are none where nothing changed but the order', [MINIMIST, LODASH], []],
    [
      'are none where texts changed',
      [
        { ...LODASH, summary: 'new', details: 'new', references: ['https://a.example/'], modified: new Date(1) },
        MINIMIST,
      ],
      [],
    ],
    ['are those of a record that came', [LODASH, MINIMIST, { id: 'X-1', affects: [['npm', 'x', []]] }], ['npm/x']],
    ['are those of a record that went', [LODASH], ['npm/minimist']],
    [
      'are those of a record that was withdrawn',
      [{ ...LODASH, withdrawn: new Date(1) }, MINIMIST],
      ['npm/lodash', 'npm/lodash-es'],
    ],
    [
      'are only those about which a revised record says something else',
      [
        {
          ...LODASH,
          affects: [
            ['npm', 'lodash', below('4.17.22')],
            ['npm', 'lodash-es', below('4.17.21')],
          ],
        },
        MINIMIST,
      ],
      ['npm/lodash'],
    ],
    [
      'are those that a record no longer names, and those that it names now',
      [LODASH, { ...MINIMIST, affects: [['npm', 'renamed', below('1.2.6')]] }],
      ['npm/minimist', 'npm/renamed'],
    ],
    [
      'are those of a record with another name',
      [LODASH, { ...MINIMIST, aliases: ['CVE-2026-0002'] }],
      ['npm/minimist'],
    ],
    ['are those of a record with other ratings', [LODASH, { ...MINIMIST, severities: high }], ['npm/minimist']],
  ])('%s', (_rule, after, keys) => {
    expect(changed(BOTH, { 'osv/npm': after })).toEqual(keys);
  });

  it('are none where several records of one package were put in another order', () => {
    expect(changed({ 'osv/npm': [LODASH, SECOND] }, { 'osv/npm': [SECOND, LODASH] })).toEqual([]);
    const narrowed = { ...SECOND, affects: [['npm', 'lodash', below('4.17.4')]] } as const;
    expect(changed({ 'osv/npm': [LODASH, SECOND] }, { 'osv/npm': [narrowed, LODASH] })).toEqual(['npm/lodash']);
  });

  it('are those of other sources whose rating is borrowed from a changed record', () => {
    const debian: AdvisorySketch = {
      id: 'DEBIAN-CVE-2026-0001',
      upstream: ['CVE-2026-0001'],
      affects: [['Debian:12', 'node-lodash', below('5')]],
    };
    const others: Sources = { 'osv/Debian': [debian], 'osv/npm': [MINIMIST] };
    const rated: AdvisorySketch = { id: 'CVE-2026-0001', severities: high, affects: [] };
    const unrated = { ...rated, severities: [] };

    expect(changed({ ...others, 'nvd/1': [unrated] }, { ...others, 'nvd/1': [rated] })).toEqual([
      'Debian:12/node-lodash',
    ]);
    expect(changed({ ...others, 'nvd/1': [rated] }, { ...others, 'nvd/1': [{ ...rated, id: 'CVE-2026-7' }] })).toEqual([
      'Debian:12/node-lodash',
    ]);
  });

  it('are those of other sources whose exploit is borrowed from a changed record', () => {
    const debian: AdvisorySketch = {
      id: 'DEBIAN-CVE-2026-0001',
      upstream: ['CVE-2026-0001'],
      affects: [['Debian:12', 'node-lodash', below('5')]],
    };
    const quiet: AdvisorySketch = { id: 'CVE-2026-0001', affects: [] };
    const exploits = [{ maturity: 'public', url: 'https://a.example/poc', source: 'nvd' }] as const;
    const shown = { ...quiet, exploits };

    expect(changed({ d: [debian], n: [quiet] }, { d: [debian], n: [shown] })).toEqual(['Debian:12/node-lodash']);
    expect(changed({ d: [debian], n: [shown] }, { d: [debian], n: [{ ...shown, modified: new Date(1) }] })).toEqual([]);
  });

  it('are those of records that come to their CVE through a changed one', () => {
    const far: AdvisorySketch = { id: 'GMS-1', aliases: ['GHSA-1'], affects: [['npm', 'far', below('2')]] };
    const middle: AdvisorySketch = { id: 'GHSA-1', aliases: ['OTHER-1'], affects: [['npm', 'middle', below('2')]] };
    const end: AdvisorySketch = { id: 'OTHER-1', affects: [['PyPI', 'end', below('2')]] };
    const named = { ...end, aliases: ['CVE-2026-0009'] };

    expect(changed({ a: [far, middle, LODASH], b: [end] }, { a: [far, middle, LODASH], b: [named] })).toEqual([
      'PyPI/end',
      'npm/far',
      'npm/middle',
    ]);
  });

  it('are all of a source that came, and none of a notice’s many flaws elsewhere', () => {
    const notice: AdvisorySketch = {
      id: 'USN-1-1',
      upstream: ['CVE-2026-0001', 'CVE-2026-0002'],
      severities: high,
      affects: [['Ubuntu:22.04:LTS', 'node-lodash', below('5')]],
    };

    expect(changed(BOTH, { ...BOTH, 'osv/Ubuntu': [notice] })).toEqual(['Ubuntu:22.04:LTS/node-lodash']);
    expect(changed({ ...BOTH, 'osv/Ubuntu': [notice] }, BOTH)).toEqual(['Ubuntu:22.04:LTS/node-lodash']);
  });
});

describe('everything has to be matched again', () => {
  it('after the first sync, and where the earlier revision is gone or damaged', () => {
    const now = revise(BOTH);
    const before = revise({ 'osv/npm': [LODASH] });
    const pack = join(
      files.directory,
      packName(
        'osv/npm',
        createHash('sha256')
          .update(JSON.stringify([LODASH]))
          .digest('hex'),
      ),
    );

    expect(changedKeys(files, null, now)).toBe('everything');
    expect(changedKeys(files, '0123456789abcdef', now)).toBe('everything');
    truncateSync(pack, 40);
    expect(changedKeys(files, before, now)).toBe('everything');
    expect(changedKeys(files, now, now)).toEqual(new Set());
  });

  it('where more changed than is worth listing', () => {
    const many = Array.from(
      { length: CHANGED_KEYS_MAX + 1 },
      (_, n): AdvisorySketch => ({ id: `MAL-${n}`, affects: [['npm', `bad-${n}`, []]] }),
    );

    expect(changed(BOTH, { 'osv/npm': [LODASH, MINIMIST, ...many] })).toBe('everything');
  });
});

it('twenty thousand records are compared in well under a second', () => {
  const sketch = (n: number): AdvisorySketch => ({
    id: `UBUNTU-CVE-2026-${n}`,
    upstream: [`CVE-2026-${n}`],
    severities: [{ type: 'word', value: 'medium', source: 'ubuntu' }],
    affects: ['20.04', '22.04', '24.04'].flatMap((release) =>
      [0, 1, 2].map((k) => [`Ubuntu:${release}:LTS`, `source-${(n * 7 + k) % 5_000}`, below(`1.${n}`)] as const),
    ),
  });
  const all = Array.from({ length: 20_000 }, (_, n) => sketch(n));
  const revised = { ...sketch(77), affects: [['Ubuntu:22.04:LTS', 'source-539', below('2')]] as const };
  const before = revise({ 'osv/Ubuntu': all });
  const after = revise({ 'osv/Ubuntu': [...all.filter((_, n) => n !== 77), revised] });

  const started = performance.now();
  const keys = changedKeys(files, before, after);
  const milliseconds = performance.now() - started;

  expect([...keys].sort()).toHaveLength(9);
  expect(milliseconds).toBeLessThan(900);
});
