import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { rDescription } from '../../parsers/r-description.ts';
import { renvLock } from '../../parsers/renv-lock.ts';
import { cran as cranOrder } from '../../versions/cran.ts';
import type { Ecosystem } from '../ecosystem.ts';

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
  // R names are letters, digits and dots; anything else would be a program in R's own language.
  upgradeCommand: (pkg) =>
    /^[A-Za-z][A-Za-z0-9.]*$/.test(pkg.name) ? shellLine('Rscript', '-e', `install.packages("${pkg.name}")`) : null,
};
