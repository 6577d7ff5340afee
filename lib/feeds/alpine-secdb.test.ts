import { describe, expect, it } from 'vitest';
import { sharedData } from '../testing/shared-data.ts';
import { readAlpineSecdb } from './alpine-secdb.ts';
import type { SkipCount } from './skip-count.ts';
import { readContentWith, readFileWith } from './testing/read-all.ts';

const AS_OF = new Date('2026-08-01T00:00:00Z');
const reader = (branch: string) => (path: string, skips: SkipCount, signal: AbortSignal) =>
  readAlpineSecdb(path, branch, AS_OF, skips, signal);
const read = (content: string | Uint8Array) => readContentWith(content, reader('v3.20'));
const of = (name: unknown, secfixes: unknown) => ({ pkg: { name, secfixes } });
const entry = (name: string, events: readonly unknown[]) => ({
  ecosystem: 'Alpine:v3.20',
  name,
  ranges: [{ type: 'ECOSYSTEM', events }],
  versions: [],
});

describe("Alpine's secdb", () => {
  it('becomes an advisory for each flaw, with all packages that mend it and those that never had it', async () => {
    const packages = [
      of('curl', { '8.0.1-r0': ['CVE-2026-0001', 'CVE-2026-0002 GHSA-aaaa-bbbb-cccc'], '0': ['CVE-2026-0003'] }),
      of('mbedtls', { '3.0-r0': ['CVE-2026-0003', 'XSA-201'], 'next week': ['CVE-2026-0004'] }),
      of('bad', { '1.0-r0': ['', 5, 'what is it'] }),
      of(null, {}),
      'text',
    ];
    const { items, skipped } = await read(JSON.stringify({ distroversion: 'v3.20', packages }));

    expect(items.map(({ id, aliases, upstream, affected }) => ({ id, aliases, upstream, affected }))).toEqual([
      {
        id: 'ALPINE-CVE-2026-0003',
        aliases: [],
        upstream: ['CVE-2026-0003'],
        affected: [entry('curl', []), entry('mbedtls', [{ introduced: '0' }, { fixed: '3.0-r0' }])],
      },
      {
        id: 'ALPINE-CVE-2026-0001',
        aliases: [],
        upstream: ['CVE-2026-0001'],
        affected: [entry('curl', [{ introduced: '0' }, { fixed: '8.0.1-r0' }])],
      },
      {
        id: 'ALPINE-CVE-2026-0002',
        aliases: ['GHSA-aaaa-bbbb-cccc'],
        upstream: ['CVE-2026-0002'],
        affected: [entry('curl', [{ introduced: '0' }, { fixed: '8.0.1-r0' }])],
      },
      {
        id: 'ALPINE-XSA-201',
        aliases: ['XSA-201'],
        upstream: [],
        affected: [entry('mbedtls', [{ introduced: '0' }, { fixed: '3.0-r0' }])],
      },
    ]);
    expect(skipped).toEqual([
      { reason: 'no valid id', count: 2 },
      { reason: 'names no package', count: 1 },
      { reason: 'no valid version', count: 1 },
    ]);
  });

  it('of every branch and repository as Alpine publishes it is read', async (ctx) => {
    for (const [place, branch, count] of [
      ['feed-samples/alpine/secdb/v3.16/main', 'v3.16', 2],
      ['feed-samples/alpine/secdb/v3.16/community', 'v3.16', 1],
      ['feed-samples/alpine/secdb/v3.2/main', 'v3.2', 1],
      ['feed-samples/alpine/secdb/edge/main', 'edge', 3],
      ['feed-samples/alpine/secdb/edge/community', 'edge', 8],
    ] as const) {
      const { items, skipped } = await readFileWith(sharedData(ctx, `native/${place}.json`), reader(branch));

      expect(items, place).toHaveLength(count);
      expect(items.every(({ affected }) => affected[0]?.ecosystem === `Alpine:${branch}`)).toBe(true);
      expect(skipped, place).toEqual([]);
    }
  });

  it('of a whole branch is read, and only slips of the pen are left out', async (ctx) => {
    const { items, skipped } = await readFileWith(
      sharedData(ctx, 'native/alpine-secdb/v3.11/main.json'),
      reader('v3.11'),
    );

    expect(items.length).toBeGreaterThan(700);
    expect(skipped.reduce((sum, { count }) => sum + count, 0)).toBeLessThan(5);
  });

  it.each([
    ['is cut short', '{"packages":[{"pkg":{"name":"a"', /middle of a record/],
    ['is no JSON', 'invalid', /no list "packages"/],
    ['is in another encoding', Buffer.from('{"packages":[]}', 'utf16le'), /no list "packages"/],
  ])('that %s is refused whole', async (_why, content, sentence) => {
    await expect(read(content)).rejects.toThrow(sentence);
  });

  it('with absurd texts costs no more than it is long', async () => {
    const packages = [
      of('a', { '1-r0': ['CVE-2026-0001 '.repeat(200_000)], [`1${'.1'.repeat(500_000)}`]: ['CVE-2026-0002'] }),
    ];
    const { items } = await read(JSON.stringify({ packages }));

    expect(items.map(({ id }) => id)).toEqual(['ALPINE-CVE-2026-0001']);
  });
});
