import {
  type Repository,
  repositoriesOf,
  repositoryOf,
  selectionOfRepository,
  updateinfoUrl,
} from '../repositories.ts';
import { readUpdateinfo } from '../updateinfo.ts';
import { type FeedKind, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

/** One feed for each repository of the distributions that OSV has no records of. */
export const updateinfo: FeedKind = {
  id: 'updateinfo',
  listsChanges: false,
  bytesMax: 4096 * MEBIBYTE,
  placesOf: (selection) => repositoriesOf(selection).map(({ name }) => name),
  selectionOf(place) {
    const repository = repositoryOf(place);
    return repository === null ? null : selectionOfRepository(repository);
  },
  titleOf: (place) => knownRepository(place).title,
  mirrorPath: (place) => `updateinfo/${place}/updateinfo.xml.${knownRepository(place).packing}`,
  // A repository has to be asked, since the name of its file changes with each update.
  publisherUrl: (place, signal) => updateinfoUrl(knownRepository(place), signal),
  read(place, reading) {
    const repository = knownRepository(place);
    const advisories = readUpdateinfo(reading.path, repository, reading.skips, reading.signal);
    return fillPack(reading, repository.ecosystem, advisories);
  },
};

function knownRepository(place: string): Repository {
  const repository = repositoryOf(place);
  if (repository === null) {
    throw new Error(`there is no repository ${place}`);
  }
  return repository;
}
