import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { rDescription } from '../../parsers/r-description.ts';
import { renvLock } from '../../parsers/renv-lock.ts';
import { cran as cranOrder } from '../../versions/cran.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile, lineWay } from '../upgrade-way.ts';

/** CRAN, of R. */
export const cran: Ecosystem = {
  id: 'cran',
  displayName: 'CRAN',
  family: 'language',
  purlType: 'cran',
  purlNamespaces: [],
  osvName: 'CRAN',
  versions: cranOrder,
  parsers: [renvLock, rDescription],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('CRAN', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z][A-Za-z0-9.]*$/,
  upgrades: ({ name, path }, fixedVersion) =>
    path.endsWith('renv.lock')
      ? [
          besideFile(path, {
            command: shellLine('Rscript', '-e', `renv::record("${name}@${fixedVersion}"); renv::restore()`),
          }),
        ]
      : [lineWay('Rscript', '-e', `install.packages("${name}")`)],
};
