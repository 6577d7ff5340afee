import { packageKey } from '../../model/ids.ts';
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
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('CRAN', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};
