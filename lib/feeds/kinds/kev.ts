import { writeKevPack } from '../advisory-index/kev-pack.ts';
import { readKev } from '../kev.ts';
import { type FeedKind, MEBIBYTE } from './feed-kind.ts';

/** CISA's catalogue of what is known to be exploited. Every sync brings it. */
export const kev: FeedKind = {
  id: 'kev',
  listsChanges: false,
  bytesMax: 64 * MEBIBYTE,
  placesOf: () => [],
  selectionOf: () => null,
  titleOf: () => 'Known exploited vulnerabilities (CISA)',
  mirrorPath: () => 'kev/known_exploited_vulnerabilities.json',
  publisherUrl: async () =>
    new URL('https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'),
  async read(_place, { target, path, skips }) {
    const { version, released, entries } = await readKev(path, skips);
    writeKevPack(target, entries);
    return { records: entries.size, newest: released, detail: { version } };
  },
};
