import { Buffer } from 'node:buffer';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../testing/shared-data.ts';
import { readDebianTracker } from './debian-tracker.ts';
import type { SkipCount } from './skip-count.ts';
import { readContentWith, readFileWith } from './testing/read-all.ts';

const AS_OF = new Date('2026-08-01T00:00:00Z');
const tracker = (path: string, skips: SkipCount, signal: AbortSignal) => readDebianTracker(path, AS_OF, skips, signal);
const read = (content: string | Uint8Array) => readContentWith(content, tracker);

const UNFIXED = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }];
const fixedIn = (fixed: string) => [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }];
const NEVER = [{ type: 'ECOSYSTEM', events: [] }];

const release = (status: string, more: Readonly<Record<string, string>> = {}) => ({ status, ...more });
const DOCUMENT = {
  openssl: {
    'CVE-2026-0001': {
      description: 'A flaw.',
      scope: 'remote',
      releases: {
        bullseye: release('resolved', { fixed_version: '1.1.1w-0+deb11u1', urgency: 'low**' }),
        bookworm: release('open', { urgency: 'unimportant' }),
        trixie: release('resolved', { fixed_version: '0', urgency: 'not yet assigned' }),
        sid: release('open'),
      },
    },
  },
  'openssl1.0': {
    'CVE-2026-0001': { releases: { buster: release('undetermined', { urgency: 'high' }) } },
    'CVE-2026-0002': { releases: { sid: release('open') } },
    nonsense: { releases: { buster: release('open') } },
  },
  '../../etc': { 'CVE-2026-0003': { releases: { buster: release('open') } } },
  bash: { 'CVE-2026-0004': 'text', 'CVE-2026-0005': { releases: { buster: 5, bookworm: release('resolved') } } },
  text: 'only',
};

describe("Debian's tracker", () => {
  it('becomes an advisory for each flaw, with what is said of every package and release', async () => {
    const { items, skipped } = await read(JSON.stringify(DOCUMENT));

    expect(items).toEqual([
      {
        id: 'DEBIAN-CVE-2026-0001',
        aliases: [],
        upstream: ['CVE-2026-0001'],
        summary: '',
        details: 'A flaw.',
        published: null,
        modified: AS_OF,
        withdrawn: null,
        severities: [{ type: 'word', value: 'high', source: 'debian' }],
        cwes: [],
        references: ['https://security-tracker.debian.org/tracker/CVE-2026-0001'],
        affected: [
          { ecosystem: 'Debian:11', name: 'openssl', ranges: fixedIn('1.1.1w-0+deb11u1'), versions: [] },
          { ecosystem: 'Debian:12', name: 'openssl', ranges: UNFIXED, versions: [] },
          { ecosystem: 'Debian:13', name: 'openssl', ranges: NEVER, versions: [] },
          { ecosystem: 'Debian:10', name: 'openssl1.0', ranges: [], versions: [] },
        ],
      },
      expect.objectContaining({
        id: 'DEBIAN-CVE-2026-0005',
        severities: [],
        affected: [{ ecosystem: 'Debian:12', name: 'bash', ranges: [], versions: [] }],
      }),
    ]);
    expect(skipped).toEqual([
      { reason: 'no valid id', count: 2 },
      { reason: 'names no release', count: 1 },
      { reason: 'names no release that has a number', count: 1 },
      { reason: 'no valid name of a package', count: 1 },
    ]);
  });

  it('keeps what Debian calls unimportant, and flaws that have no CVE yet', async () => {
    const entry = { releases: { bookworm: release('open', { urgency: 'unimportant' }) } };
    const { items } = await read(zstdCompressSync(JSON.stringify({ a1: { 'TEMP-0000000-0CA7E3': entry } })));

    expect(items).toEqual([
      expect.objectContaining({
        id: 'TEMP-0000000-0CA7E3',
        upstream: [],
        severities: [{ type: 'word', value: 'unimportant', source: 'debian' }],
      }),
    ]);
  });

  it('as Debian publishes it is read', async (ctx) => {
    const path = sharedData(ctx, 'native/feed-samples/debian/tracker/api/advisory.json');
    const { items, skipped } = await readFileWith(path, tracker);

    expect(items.map(({ id }) => id)).toEqual([
      'DEBIAN-CVE-2012-0833',
      'DEBIAN-CVE-2016-5405',
      'DEBIAN-CVE-2016-5416',
      'TEMP-0000000-0CA7E3',
    ]);
    expect(items[0]?.affected).toEqual([{ ecosystem: 'Debian:11', name: '389-ds-base', ranges: NEVER, versions: [] }]);
    expect(items[2]?.affected[0]?.ranges).toEqual(UNFIXED);
    expect(skipped).toEqual([]);
  });

  it('that is no JSON is refused', async (ctx) => {
    const path = sharedData(ctx, 'native/feed-samples/debian/tracker/api/invalid.json');
    await expect(readFileWith(path, tracker)).rejects.toThrow('it is not a JSON object');
  });

  it.each([
    ['is cut short', JSON.stringify(DOCUMENT).slice(0, 300), /ends in the middle/],
    ['is in another encoding', Buffer.from(JSON.stringify(DOCUMENT), 'utf16le'), /not a JSON object/],
    ['is a page of a proxy', '<html></html>', /not a JSON object/],
    ['has no bytes', '', /empty/],
    ['is a broken archive', zstdCompressSync('{}'.repeat(1000)).subarray(0, 12), /.+/],
  ])('that %s is refused whole', async (_why, content, sentence) => {
    await expect(read(content)).rejects.toThrow(sentence);
  });

  it('is read in the memory of what is needed of it', { timeout: 30_000 }, async () => {
    const entry = JSON.stringify({ description: 'd'.repeat(3_000), releases: { bookworm: release('open') } });
    const packages = Array.from({ length: 200 }, (_, p) => {
      const flaws = Array.from({ length: 50 }, (_, n) => `"CVE-2026-${1000 + n}": ${entry}`);
      return `"package-${p}": {${flaws.join(',')}}`;
    });
    const { items } = await read(`{${packages.join(',\n')}}`);

    expect(items).toHaveLength(50);
    expect(items[0]?.affected).toHaveLength(200);
  });
});
