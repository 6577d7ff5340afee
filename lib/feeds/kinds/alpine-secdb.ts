import { readAlpineSecdb } from '../alpine-secdb.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Alpine secdb';
/** Branches that secdb.alpinelinux.org lists, as of 2026-01: all from v3.10 on, with `edge`, which rolls. */
const BRANCHES = [...Array.from({ length: 14 }, (_, n) => `v3.${n + 10}`), 'edge'];
const REPOSITORIES = ['main', 'community'];

/** Alpine's own database, a feed for each branch and repository, named `v3.20/main`. */
export const alpineSecdb: FeedKind = {
  id: 'alpine-secdb',
  listsChanges: false,
  bytesMax: 256 * MEBIBYTE,
  placesOf: (selection) =>
    isSelection(selection, SELECTION)
      ? BRANCHES.flatMap((branch) => REPOSITORIES.map((repository) => `${branch}/${repository}`))
      : [],
  selectionOf: () => SELECTION,
  titleOf: (place) => `Alpine ${place.replace('/', ' ')} (secdb)`,
  mirrorPath: (place) => `alpine-secdb/${place}.json`,
  publisherUrl: async (place) => new URL(`${place}.json`, 'https://secdb.alpinelinux.org/'),
  read(place, { target, path, asOf, skips, signal }) {
    const [branch = ''] = place.split('/');
    return fillPack(target, `Alpine:${branch}`, readAlpineSecdb(path, branch, asOf, skips, signal), skips);
  },
};
