import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** Products by the `ID` of os-release. */
const PRODUCTS: Readonly<Record<string, string>> = {
  sled: 'Desktop',
  sles: 'Server',
  sles_sap: 'Server for SAP Applications',
};

/** SUSE Linux Enterprise. Advisories name source packages, one ecosystem per product and service pack. */
export const suse: Ecosystem = distribution({
  id: 'suse',
  displayName: 'SUSE',
  purlType: 'rpm',
  purlNamespaces: ['suse', 'sles'],
  osvName: 'SUSE',
  versions: rpm,
  names: 'source',
  releases: (distro) => {
    const product = PRODUCTS[distro.id];
    const [major, pack] = distro.versionId.split('.');
    if (product === undefined || !major) {
      return [];
    }
    return [`SUSE:Linux Enterprise ${product} ${major}${pack === undefined || pack === '0' ? '' : ` SP${pack}`}`];
  },
  upgrade: ['zypper', 'update'],
});
