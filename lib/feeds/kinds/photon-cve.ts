import { readPhotonCve } from '../photon-cve.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Photon OS';
/** `branches` of photon_versions.json beside the lists, as of 2026-01. */
const RELEASES = ['1.0', '2.0', '3.0', '4.0', '5.0'];

/** The CVE lists of Photon OS, which OSV has no records of: a feed for each release. */
export const photonCve: FeedKind = {
  id: 'photon-cve',
  listsChanges: false,
  bytesMax: 256 * MEBIBYTE,
  placesOf: (selection) => (isSelection(selection, SELECTION) ? RELEASES : []),
  selectionOf: () => SELECTION,
  titleOf: (place) => `Photon OS ${place} advisories`,
  mirrorPath: (place) => `photon-cve/${fileOf(place)}`,
  publisherUrl: async (place) => new URL(`https://packages.broadcom.com/photon/photon_cve_metadata/${fileOf(place)}`),
  read(place, reading) {
    const { path, asOf, skips, signal } = reading;
    return fillPack(reading, `Photon OS:${place}`, readPhotonCve(path, place, asOf, skips, signal));
  },
};

function fileOf(release: string): string {
  return `cve_data_photon${release}.json`;
}
