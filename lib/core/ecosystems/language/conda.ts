import { condaEnvironment } from '../../parsers/conda-environment.ts';
import { condaExplicit, condaLock } from '../../parsers/conda-lock.ts';
import { condaMeta } from '../../parsers/conda-meta.ts';
import { pep440 } from '../../versions/pep440.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { lineWay } from '../upgrade-way.ts';

/** Conda. Nobody publishes advisories by the names of its channels, so its packages are listed and said to be without any. */
export const conda: Ecosystem = {
  id: 'conda',
  displayName: 'Conda',
  family: 'language',
  purlType: 'conda',
  purlNamespaces: [],
  osvName: null,
  versions: pep440,
  parsers: [condaMeta, condaLock, condaExplicit, condaEnvironment],
  normalizeName: (name) => name,
  advisoryKeys: () => [],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
  upgrades: ({ name }, fixedVersion) => [lineWay('conda', 'install', `${name}>=${fixedVersion}`)],
};
