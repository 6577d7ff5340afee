import { redHatArchiveUrl, redHatVexChanges } from '../redhat-vex-delta.ts';
import { readVexArchive, redHatArchive } from '../vex-archive.ts';
import { type FeedKind, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

/** What Red Hat says of every flaw in its packages: fixed, left open and why, or not affected. On request. */
export const redhatVex: FeedKind = {
  id: 'redhat-vex',
  listsChanges: redHatVexChanges,
  bytesMax: 8192 * MEBIBYTE,
  placesOf: (selection) => (selection === 'Red Hat VEX' ? [''] : []),
  selectionOf: () => 'Red Hat VEX',
  titleOf: () => "Red Hat's verdicts (VEX)",
  mirrorPath: () => 'redhat-vex/csaf_vex.tar.zst',
  publisherUrl: (_place, signal) => redHatArchiveUrl(signal),
  read: (_place, { target, path, skips, signal }) =>
    fillPack(target, 'Red Hat', readVexArchive(path, redHatArchive, skips, signal), skips),
};
