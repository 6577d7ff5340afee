import { toAdvisoryOfUbuntuVex } from '../../core/advisories/ubuntu-vex.ts';
import { readVexArchive } from '../vex-archive.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Ubuntu VEX';

/** What Ubuntu says of every flaw in its packages, not affected included. On request. */
export const ubuntuVex: FeedKind = {
  id: 'ubuntu-vex',
  listsChanges: false,
  bytesMax: 2048 * MEBIBYTE,
  placesOf: (selection) => (isSelection(selection, SELECTION) ? [''] : []),
  selectionOf: () => SELECTION,
  titleOf: () => "Ubuntu's verdicts (VEX)",
  mirrorPath: () => 'ubuntu-vex/vex-all.tar.xz',
  publisherUrl: async () => new URL('https://security-metadata.canonical.com/vex/vex-all.tar.xz'),
  read(_place, reading) {
    const { path, skips, signal } = reading;
    return fillPack(reading, 'Ubuntu', readVexArchive(path, toAdvisoryOfUbuntuVex, skips, signal));
  },
};
