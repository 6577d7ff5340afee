import { ecosystems } from '../ecosystems/registry.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Package } from '../model/package.ts';
import type { SbomProperty } from '../parsers/sbom/sbom-document.ts';
import {
  documentUuid,
  inventoryProperties,
  packageProperties,
  packageRef,
  type SbomOptions,
} from './sbom-properties.ts';

/** Fields that SPDX asks of every package, of which an inventory knows nothing. */
const UNKNOWN = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;
const THING = 'SPDXRef-Thing';
const SYSTEM = 'SPDXRef-OperatingSystem';

/**
 * An inventory as a document of SPDX 2.3 in JSON, https://spdx.github.io/spdx-spec/v2.3/. The same inventory and options give
 * the same bytes. What the format has no field for stands in annotations, a name and a value in JSON in each.
 */
export function toSpdx(inventory: Inventory, options: SbomOptions): string {
  const { distro, packages, image } = inventory;
  const created = `${options.at.toISOString().slice(0, 19)}Z`;
  const ids = [...(distro === null ? [] : [SYSTEM]), ...packages.map(idOf)];
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: options.name,
    documentNamespace: namespaceOf(inventory, options.name),
    creationInfo: { created, creators: [`Tool: harrier-${options.toolVersion}`] },
    annotations: annotations(inventoryProperties(inventory), created),
    packages: [
      {
        name: options.name,
        SPDXID: THING,
        ...(image === undefined ? {} : { versionInfo: image.digest }),
        ...UNKNOWN,
        primaryPackagePurpose: image === undefined ? 'OTHER' : 'CONTAINER',
      },
      ...(distro === null
        ? []
        : [
            {
              name: distro.id,
              SPDXID: SYSTEM,
              ...(distro.versionId === '' ? {} : { versionInfo: distro.versionId }),
              ...UNKNOWN,
              primaryPackagePurpose: 'OPERATING-SYSTEM',
            },
          ]),
      ...packages.map((pkg) => packageOf(pkg, created)),
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: THING },
      ...ids.map((id) => ({ spdxElementId: THING, relationshipType: 'CONTAINS', relatedSpdxElement: id })),
    ],
  };
  return JSON.stringify(document, null, 2);
}

/** The namespace that generators without a site of their own use, by section 6.5 of the specification. */
function namespaceOf(inventory: Inventory, name: string): string {
  const word = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100);
  return `https://spdx.org/spdxdocs/harrier-${word}-${documentUuid(inventory, name)}`;
}

function idOf(pkg: Package): string {
  return `SPDXRef-Package-${packageRef(pkg)}`;
}

function packageOf(pkg: Package, created: string) {
  const isSystem = ecosystems[pkg.ecosystem].family === 'os';
  const source = [pkg.sourceName, pkg.sourceVersion].filter((part) => part !== null).join(' ');
  return {
    name: pkg.name,
    SPDXID: idOf(pkg),
    versionInfo: pkg.version,
    ...UNKNOWN,
    ...(pkg.sourceName === null ? {} : { sourceInfo: `built package from: ${source}` }),
    primaryPackagePurpose: isSystem ? 'APPLICATION' : 'LIBRARY',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: pkg.purl }],
    annotations: annotations(packageProperties(pkg), created),
  };
}

function annotations(properties: readonly SbomProperty[], annotationDate: string) {
  return properties.map(([name, value]) => ({
    annotationDate,
    annotationType: 'OTHER',
    annotator: 'Tool: harrier:jsonencoded',
    comment: JSON.stringify({ name, value }),
  }));
}
