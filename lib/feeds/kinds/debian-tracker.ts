import { readDebianTracker } from '../debian-tracker.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Debian tracker';

/** Debian's own security tracker, beside what OSV has of it: what is not fixed, never was affected, or is not known yet. */
export const debianTracker: FeedKind = {
  id: 'debian-tracker',
  listsChanges: false,
  bytesMax: 1024 * MEBIBYTE,
  placesOf: (selection) => (isSelection(selection, SELECTION) ? [''] : []),
  selectionOf: () => SELECTION,
  titleOf: () => 'Debian security tracker',
  mirrorPath: () => 'debian-tracker/tracker.json',
  publisherUrl: async () => new URL('https://security-tracker.debian.org/tracker/data/json'),
  read(_place, reading) {
    const { path, asOf, skips, signal } = reading;
    return fillPack(reading, 'Debian', readDebianTracker(path, asOf, skips, signal));
  },
};
