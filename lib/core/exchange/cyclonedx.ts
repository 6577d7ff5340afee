import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { Ecosystem } from '../ecosystems/ecosystem.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { ScoredObservation } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import type { SbomProperty } from '../parsers/sbom/sbom-document.ts';
import { guidanceOfScan } from '../remediation/guidance-of-scan.ts';
import { toVulnerability } from './cyclonedx-vulnerability.ts';
import {
  documentUuid,
  inventoryProperties,
  packageProperties,
  packageRef,
  type SbomOptions,
} from './sbom-properties.ts';

export const CYCLONEDX_VERSIONS = ['1.4', '1.5', '1.6'] as const;
export type CyclonedxVersion = (typeof CYCLONEDX_VERSIONS)[number];

export interface CyclonedxOptions extends SbomOptions {
  readonly spec: CyclonedxVersion;
  /** What a scan found in the packages; left out in a document of packages alone. */
  readonly observations?: readonly ScoredObservation[];
}

const SPECS = { '1.4': Spec.Spec1dot4, '1.5': Spec.Spec1dot5, '1.6': Spec.Spec1dot6 } as const;
const INSPECTOR = 'amazon:inspector:sbom_generator:';

/**
 * An inventory as a CycloneDX document in JSON. The same inventory, options and findings give the same bytes. Packages of a
 * distribution are applications and all others libraries, as Amazon Inspector has them.
 */
export function toCyclonedx(inventory: Inventory, options: CyclonedxOptions): string {
  const { distro, packages } = inventory;
  const bom = new Models.Bom({ serialNumber: `urn:uuid:${documentUuid(inventory, options.name)}` });
  bom.metadata.timestamp = options.at;
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'harrier', { version: options.toolVersion }),
  );
  bom.metadata.component = subjectOf(inventory, options);
  addProperties(bom.metadata.properties, inventoryProperties(inventory));
  if (distro !== null) {
    bom.components.add(systemOf(distro));
  }
  for (const pkg of packages) {
    bom.components.add(componentOf(pkg, options.spec));
  }
  const observations = options.observations ?? [];
  const guide = guidanceOfScan(inventory, observations);
  for (const observation of observations) {
    bom.vulnerabilities.add(toVulnerability(observation, guide(observation)));
  }
  // Lists are in our own order already, and the library's order has no rule for two places of one package.
  const document = new Serialize.JSON.Normalize.Factory(SPECS[options.spec]).makeForBom().normalize(bom, {
    sortLists: false,
  });
  return JSON.stringify(completed(document, inventory, options.spec), null, 2);
}

type Document = ReturnType<ReturnType<Serialize.JSON.Normalize.Factory['makeForBom']>['normalize']>;

/**
 * What the library has no model of: where a component was found, and that a list is not whole. Its list of dependencies
 * would say of each package that it has none, which nobody knows.
 */
function completed(document: Document, inventory: Inventory, spec: CyclonedxVersion): object {
  const { dependencies: _, ...rest } = document;
  const paths = new Map(inventory.packages.map((pkg) => [packageRef(pkg), pkg.path]));
  const components = (rest.components ?? []).map((component) => {
    const path = paths.get(String(component['bom-ref']));
    return spec === '1.4' || path === undefined
      ? component
      : { ...component, evidence: { occurrences: [{ location: path }] } };
  });
  const aggregate = inventory.outcome === 'complete' ? 'complete' : 'incomplete';
  return { ...rest, components, compositions: [{ aggregate, assemblies: ['thing'] }] };
}

function subjectOf({ image, distro }: Inventory, { name, spec }: CyclonedxOptions): Models.Component {
  const kind = distro === null ? Enums.ComponentType.Application : Enums.ComponentType.Device;
  const component = new Models.Component(image === undefined ? kind : Enums.ComponentType.Container, name, {
    bomRef: 'thing',
    ...(image === undefined ? {} : { version: image.digest }),
  });
  const layers = spec === '1.4' ? (image?.layers ?? []) : [];
  const diffIds = layers.flatMap(({ diffId }): readonly SbomProperty[] =>
    diffId === null ? [] : [[`${INSPECTOR}layer_diff_id`, diffId]],
  );
  addProperties(component.properties, diffIds);
  return component;
}

function systemOf({ id, versionId, prettyName }: Distro): Models.Component {
  return new Models.Component(Enums.ComponentType.OperatingSystem, id, {
    bomRef: 'system',
    version: versionId,
    description: prettyName,
  });
}

function componentOf(pkg: Package, spec: CyclonedxVersion): Models.Component {
  const every: Readonly<Record<EcosystemId, Ecosystem>> = ecosystems;
  const ecosystem = every[pkg.ecosystem];
  const { group, name } = parted(pkg.name, ecosystem);
  const type = ecosystem.family === 'os' ? Enums.ComponentType.Application : Enums.ComponentType.Library;
  const component = new Models.Component(type, name, {
    bomRef: packageRef(pkg),
    version: pkg.version,
    purl: pkg.purl,
    ...(group === null ? {} : { group }),
  });
  // The version that Amazon Inspector exports, whose readers look for paths under its name.
  const inspector: readonly SbomProperty[] = spec === '1.4' ? [[`${INSPECTOR}source_path`, `/${pkg.path}`]] : [];
  addProperties(component.properties, [...inspector, ...packageProperties(pkg)]);
  return component;
}

/** Group and name where the ecosystem has both; in one piece they are names that end in another sign. */
function parted(
  whole: string,
  { id, nameSeparator }: Ecosystem,
): { readonly group: string | null; readonly name: string } {
  const separator = id === 'npm' ? '/' : nameSeparator;
  const at = separator === undefined ? -1 : whole.lastIndexOf(separator);
  return at <= 0 || at === whole.length - 1
    ? { group: null, name: whole }
    : { group: whole.slice(0, at), name: whole.slice(at + 1) };
}

function addProperties(to: Models.PropertyRepository, properties: readonly SbomProperty[]): void {
  for (const [name, value] of properties) {
    to.add(new Models.Property(name, value));
  }
}
