import type { Inventory } from '../core/model/inventory.ts';
import type { Distro, Package } from '../core/model/package.ts';

export const bookworm: Distro = { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian 12' };
export const jammy: Distro = { id: 'ubuntu', versionId: '22.04', codename: 'jammy', prettyName: 'Ubuntu 22.04' };

/** A package from the few facts that a test is about. */
export function buildPackage(fields: Pick<Package, 'ecosystem' | 'name' | 'version'> & Partial<Package>): Package {
  const isSystem = fields.ecosystem === 'debian' || fields.ecosystem === 'ubuntu';
  return {
    architecture: isSystem ? 'amd64' : null,
    sourceName: isSystem ? fields.name : null,
    sourceVersion: isSystem ? fields.version : null,
    purl: `pkg:${isSystem ? 'deb' : fields.ecosystem}/${fields.name}@${fields.version}`,
    packageManager: 'OS',
    path: isSystem ? 'var/lib/dpkg/status' : `srv/${fields.name}/package.json`,
    layer: null,
    ...fields,
  };
}

export function buildInventory(distro: Distro | null, packages: readonly Package[]): Inventory {
  return { distro, packages, outcome: 'complete', diagnostics: [] };
}
