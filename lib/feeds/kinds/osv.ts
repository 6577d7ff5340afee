import { AppError } from '../../core/model/app-error.ts';
import { readOsv } from '../osv.ts';
import { OSV_BUCKET, osvChanges } from '../osv-delta.ts';
import { type FeedKind, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

/** OSV names hold letters, digits, blanks, dots and hyphens (`Red Hat`, `crates.io`); no path can hide in them. */
const ECOSYSTEM_NAME = /^[A-Za-z0-9][A-Za-z0-9 .-]{0,63}$/;

/** One feed for each ecosystem, named without its release. It answers for every name that no other kind knows. */
export const osv: FeedKind = {
  id: 'osv',
  listsChanges: osvChanges,
  bytesMax: 4096 * MEBIBYTE,
  placesOf(selection) {
    if (!ECOSYSTEM_NAME.test(selection)) {
      throw new AppError(
        'invalid-input',
        `"${selection}" is not the name of an OSV ecosystem. Give it without a release, for example Debian or npm.`,
      );
    }
    return [selection];
  },
  selectionOf: (place) => place,
  titleOf: (place) => `${place} advisories (OSV)`,
  mirrorPath: (place) => `osv/${place}/all.zip`,
  publisherUrl: async (place) => new URL(`${encodeURIComponent(place)}/all.zip`, OSV_BUCKET),
  read: (place, reading) =>
    fillPack(reading, place, readOsv(reading.path, reading.skips, reading.signal, reading.onRecord)),
};
