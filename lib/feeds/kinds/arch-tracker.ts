import { readArchTracker } from '../arch-tracker.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Arch Linux';

/** The security tracker of Arch Linux, which OSV has no records of. */
export const archTracker: FeedKind = {
  id: 'arch-tracker',
  listsChanges: false,
  bytesMax: 256 * MEBIBYTE,
  placesOf: (selection) => (isSelection(selection, SELECTION) ? [''] : []),
  selectionOf: () => SELECTION,
  titleOf: () => 'Arch Linux security tracker',
  mirrorPath: () => 'arch-tracker/all.json',
  publisherUrl: async () => new URL('https://security.archlinux.org/issues/all.json'),
  read(_place, reading) {
    const { path, asOf, skips, signal } = reading;
    return fillPack(reading, SELECTION, readArchTracker(path, asOf, skips, signal));
  },
};
