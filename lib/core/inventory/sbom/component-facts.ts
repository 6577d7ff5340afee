import type { EcosystemId, PackageManager } from '../../model/package.ts';
import { ECOSYSTEM_IDS, PACKAGE_MANAGERS } from '../../model/package.ts';
import { propertyOf, type SbomComponent, type SbomProperty } from '../../parsers/sbom/sbom-document.ts';

/** What our own documents say beside the fields that every reader knows; docs/cli.md lists the names. */
export const OWN = 'harrier:';
const INSPECTOR = 'amazon:inspector:sbom_generator:';
const TRIVY = 'aquasecurity:trivy:';
const PATH_MAX = 4096;

/** Where programs say the path of a package, the surest first. */
const PATHS = [
  `${OWN}path`,
  `${INSPECTOR}source_path`,
  'amazon:inspector:sbom_scanner:path',
  `${TRIVY}FilePath`,
  'syft:location:0:path',
  'cdx:npm:package:path',
  'SrcFile',
] as const;
/** The digest of the layer as stored comes before that of what is in it. */
const LAYERS = [
  `${OWN}layer`,
  `${TRIVY}LayerDigest`,
  `${TRIVY}LayerDiffID`,
  'syft:location:0:layerID',
  `${INSPECTOR}layer_diff_id`,
  'amazon:inspector:sbom_collector:layer_id',
] as const;

/** The words of trivy (types of packages) and of Amazon Inspector's generator (collectors) for who installed a package. */
const MANAGERS: Readonly<Record<string, PackageManager>> = {
  npm: 'NPM',
  'node-pkg': 'NODEPKG',
  'javascript-nodejs': 'NODEPKG',
  yarn: 'YARN',
  pip: 'PIP',
  pipenv: 'PIPENV',
  poetry: 'POETRY',
  'python-pkg': 'PYTHONPKG',
  jar: 'JAR',
  'java-jar': 'JAR',
  'java-archive': 'JAR',
  pom: 'POM',
  gobinary: 'GOBINARY',
  'go-binary': 'GOBINARY',
  gomod: 'GOMOD',
  'go-module': 'GOMOD',
  'go-gopkg': 'GOMOD',
  cargo: 'CARGO',
  bundler: 'BUNDLER',
  'ruby-gemfiles': 'BUNDLER',
  gemspec: 'GEMSPEC',
  'ruby-gemspec': 'GEMSPEC',
  'ruby-globalgems': 'GEMSPEC',
  composer: 'COMPOSER',
  nuget: 'NUGET',
  'dotnet-core': 'DOTNET_CORE',
};

/** The places of a component, without a leading slash as our own are; where it tells none, its name in the document. */
export function placesOf(component: SbomComponent, pathQualifier: string | undefined): readonly string[] {
  const told = [...PATHS.map((name) => propertyOf(component.properties, name)), pathQualifier];
  const third = component.properties.find(([name]) => name.endsWith(':location:0:path'))?.[1];
  const first = [...told, third].find((path) => path !== null && path !== undefined && path !== '');
  const own = propertyOf(component.properties, `${OWN}path`);
  const places = (first === undefined || first === null ? component.places : [first]).map(plainPath);
  const found = own === null ? places.filter((path) => path !== '') : [own];
  return found.length === 0 ? [plainPath(component.ref)] : [...new Set(found)];
}

function plainPath(path: string): string {
  return path
    .slice(0, PATH_MAX)
    .replace(/^(?:\.?\/)+/, '')
    .replace(/[\p{Cc}]/gu, '?');
}

export function layerOf({ properties }: SbomComponent): string | null {
  const layer = LAYERS.map((name) => propertyOf(properties, name)).find((value) => value !== null) ?? null;
  return layer !== null && layer.length <= 200 ? layer : null;
}

export function managerOf({ properties }: SbomComponent, isSystem: boolean): PackageManager {
  const own = propertyOf(properties, `${OWN}package_manager`);
  const known = PACKAGE_MANAGERS.find((manager) => manager === own);
  if (known !== undefined || isSystem) {
    return known ?? 'OS';
  }
  const words = [
    `${TRIVY}PkgType`,
    `${TRIVY}Type`,
    `${INSPECTOR}source_package_collector`,
    `${INSPECTOR}source_file_scanner`,
    'syft:package:type',
  ].map((name) => propertyOf(properties, name) ?? '');
  const word = words.find((one) => Object.hasOwn(MANAGERS, one));
  return (word === undefined ? undefined : MANAGERS[word]) ?? 'OTHER';
}

/** The ecosystem that our own documents name. */
export function ownEcosystemOf({ properties }: SbomComponent): EcosystemId | null {
  const own = propertyOf(properties, `${OWN}ecosystem`);
  return ECOSYSTEM_IDS.find((id) => id === own) ?? null;
}

export function confidenceOf({ properties }: SbomComponent): 'medium' | 'low' | null {
  const own = propertyOf(properties, `${OWN}confidence`);
  return own === 'medium' || own === 'low' ? own : null;
}

interface Source {
  readonly sourceName: string | null;
  readonly sourceVersion: string | null;
}

/**
 * The source that a package was built from, where something else than its URL says so: properties of trivy and syft, a
 * component that the document names as its source, or, as Amazon Inspector lists packages of Debian, the one around it.
 */
export function sourceOf({ properties, origin }: SbomComponent, isOriginPackage: boolean): Source | null {
  const own = propertyOf(properties, `${OWN}source_name`);
  if (own !== null) {
    return { sourceName: own, sourceVersion: propertyOf(properties, `${OWN}source_version`) };
  }
  const trivy = propertyOf(properties, `${TRIVY}SrcName`);
  if (trivy !== null) {
    return { sourceName: trivy, sourceVersion: trivySourceVersion(properties) };
  }
  const told =
    propertyOf(properties, 'syft:metadata:source') ??
    propertyOf(properties, 'syft:metadata:originPackage') ??
    propertyOf(properties, 'spdx:source:name');
  if (told !== null) {
    const version =
      propertyOf(properties, 'syft:metadata:sourceVersion') ?? propertyOf(properties, 'spdx:source:version');
    return { sourceName: told, sourceVersion: version };
  }
  return isOriginPackage && origin !== null && origin.name !== ''
    ? { sourceName: origin.name, sourceVersion: null }
    : null;
}

/** Trivy writes epoch, version and release apart. */
function trivySourceVersion(properties: readonly SbomProperty[]): string | null {
  const [epoch, version, release] = ['SrcEpoch', 'SrcVersion', 'SrcRelease'].map((name) =>
    propertyOf(properties, `${TRIVY}${name}`),
  );
  if (version === null || version === undefined) {
    return null;
  }
  const full = release === null || release === undefined ? version : `${version}-${release}`;
  return epoch === null || epoch === undefined || epoch === '0' || full.includes(':') ? full : `${epoch}:${full}`;
}

/** The version of Go that a program was built with, whose standard library is in it. */
export function goToolchainOf({ properties }: SbomComponent): string | null {
  const text = propertyOf(properties, `${INSPECTOR}go_toolchain`) ?? '';
  return /^go([0-9][0-9A-Za-z.]{0,30})(?:[ -]|$)/.exec(text)?.[1] ?? null;
}

/** Amazon Inspector's word for a language package that a package of the distribution brought. */
export function isOwnedBySystem({ properties }: SbomComponent): boolean {
  const owner = propertyOf(properties, `${INSPECTOR}duplicate_purl`) ?? '';
  return (
    propertyOf(properties, `${INSPECTOR}is_duplicate_package`) === 'true' && /^pkg:(?:deb|rpm|apk|alpm)\//.test(owner)
  );
}

/** Whether a component stands for a lock file or for all packages of a kind, as trivy lists them. */
export function isGroup({ kind, properties, purl }: SbomComponent): boolean {
  return (
    kind === 'group' ||
    (kind === 'application' &&
      purl === null &&
      (propertyOf(properties, `${TRIVY}Class`) !== null || propertyOf(properties, `${TRIVY}Type`) !== null))
  );
}
