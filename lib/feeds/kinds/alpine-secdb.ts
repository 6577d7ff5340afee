import { readAlpineSecdb } from '../alpine-secdb.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Alpine secdb';
const BRANCH = /^(?:v3\.[0-9]{1,3}|edge)$/;
/**
 * Branches that secdb.alpinelinux.org lists, as of 2026-01: all from v3.10 on, with `edge`, which rolls. Another one is asked for
 * by its name: `Alpine secdb:v3.24`.
 */
const BRANCHES = [...Array.from({ length: 14 }, (_, n) => `v3.${n + 10}`), 'edge'];
const REPOSITORIES = ['main', 'community'];

/** Alpine's own database, a feed for each branch and repository, named `v3.20/main`. */
export const alpineSecdb: FeedKind = {
  id: 'alpine-secdb',
  listsChanges: false,
  bytesMax: 256 * MEBIBYTE,
  placesOf(selection) {
    const [name = '', branch] = selection.split(':');
    if (!isSelection(name, SELECTION) || (branch !== undefined && !BRANCH.test(branch))) {
      return [];
    }
    const branches = branch === undefined ? BRANCHES : [branch];
    return branches.flatMap((one) => REPOSITORIES.map((repository) => `${one}/${repository}`));
  },
  selectionOf(place) {
    const [branch = ''] = place.split('/');
    return BRANCHES.includes(branch) ? SELECTION : `${SELECTION}:${branch}`;
  },
  titleOf: (place) => `Alpine ${place.replace('/', ' ')} (secdb)`,
  mirrorPath: (place) => `alpine-secdb/${place}.json`,
  publisherUrl: async (place) => new URL(`${place}.json`, 'https://secdb.alpinelinux.org/'),
  read(place, reading) {
    const { path, asOf, skips, signal } = reading;
    const [branch = ''] = place.split('/');
    return fillPack(reading, `Alpine:${branch}`, readAlpineSecdb(path, branch, asOf, skips, signal));
  },
};
