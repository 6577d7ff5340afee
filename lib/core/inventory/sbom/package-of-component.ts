import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import { ecosystemOfPurl, ecosystemOnDistro, packageOfPurl } from '../../ecosystems/of-purl.ts';
import { ecosystems } from '../../ecosystems/registry.ts';
import type { Distro, EcosystemId, Package } from '../../model/package.ts';
import { fromPurl, type PurlParts, toPurl } from '../../parsers/purl.ts';
import type { SbomComponent } from '../../parsers/sbom/sbom-document.ts';
import {
  confidenceOf,
  goToolchainOf,
  isGroup,
  isOwnedBySystem,
  layerOf,
  managerOf,
  ownEcosystemOf,
  placesOf,
  sourceOf,
} from './component-facts.ts';

/** A component with its package URL taken apart, once for all that asks for it. */
export interface Candidate {
  readonly component: SbomComponent;
  /** Null where there is none, or none that can be read. */
  readonly purl: PurlParts | null;
}

/** Why a component is no package. */
export type Reason = 'aside' | 'unnamed' | 'broken' | 'nameless' | 'unversioned' | 'unknown-type' | 'source' | 'owned';
export type Answer = { readonly packages: readonly Package[] } | { readonly reason: Reason };

/** Kinds of things that hold software without being a package of it. */
const NO_SOFTWARE: ReadonlySet<string> = new Set([
  'operating-system',
  'container',
  'device',
  'device-driver',
  'firmware',
  'file',
  'archive',
  'source',
  'documentation',
  'data',
  'platform',
  'machine-learning-model',
  'cryptographic-asset',
  'model',
]);
/** Types of whole images, whose packages are listed beside them. */
const IMAGES: ReadonlySet<string> = new Set(['oci', 'docker']);
const PURL_LENGTH_MAX = 8 * 1024;
const NAME_LENGTH_MAX = 512;
const VERSION_LENGTH_MAX = 256;
const NO_VERSIONS: ReadonlySet<string> = new Set([
  '',
  'UNKNOWN',
  'NOASSERTION',
  'NONE',
  '[not provided]',
  'unspecified',
]);

export function candidateOf(component: SbomComponent): Candidate {
  const text = component.purl?.trim() ?? '';
  return { component, purl: text === '' || text.length > PURL_LENGTH_MAX ? null : fromPurl(text) };
}

/** A package of the distribution, as far as its URL tells. */
export function isSystemPurl({ type }: PurlParts): boolean {
  return ['deb', 'dpkg', 'rpm', 'apk', 'alpine', 'alpm'].includes(type);
}

/** The packages that a component stands for, one for each place; or why it stands for none. */
export function packagesOf({ component, purl }: Candidate, distro: Distro | null): Answer {
  const library = toolchainOf(component);
  if (purl === null) {
    return library.length > 0 ? { packages: library } : { reason: reasonWithoutPurl(component) };
  }
  // An application is what the document is about, and nobody's package; a library that is described may have advisories.
  if (component.isSubject && component.kind !== 'library' && component.kind !== 'framework') {
    return { reason: 'aside' };
  }
  const ecosystem = ecosystemOf(component, purl, distro);
  if (ecosystem === null) {
    return { reason: IMAGES.has(purl.type) ? 'aside' : 'unknown-type' };
  }
  const reason = ownEcosystemOf(component) === null ? reasonToLeave(component, purl, ecosystem) : null;
  const version = [purl.version, component.version].find((one) => !NO_VERSIONS.has(one?.trim() ?? ''));
  if (reason !== null || version === undefined || version === null) {
    return { reason: reason ?? 'unversioned' };
  }
  const packages = placed(component, purl, ecosystem, version.trim());
  return packages === null ? { reason: 'broken' } : { packages: [...packages, ...library] };
}

function ecosystemOf(component: SbomComponent, purl: PurlParts, distro: Distro | null): Ecosystem | null {
  const every: Readonly<Record<EcosystemId, Ecosystem>> = ecosystems;
  const own = ownEcosystemOf(component);
  return own === null ? (ecosystemOfPurl(purl) ?? ecosystemOnDistro(purl, distro)) : every[own];
}

function reasonToLeave(component: SbomComponent, purl: PurlParts, ecosystem: Ecosystem): Reason | null {
  if (ecosystem.family === 'os' && /^(?:no)?src$|^source$/.test(purl.qualifiers.arch ?? '')) {
    return 'source';
  }
  return isOwnedBySystem(component) ? 'owned' : null;
}

function reasonWithoutPurl(component: SbomComponent): Reason {
  if (component.purl !== null) {
    return component.name.trim() === '' ? 'nameless' : 'broken';
  }
  return component.isSubject || NO_SOFTWARE.has(component.kind) || isGroup(component) ? 'aside' : 'unnamed';
}

/** The package at each of its places; null where name or version cannot be one. */
function placed(
  component: SbomComponent,
  purl: PurlParts,
  ecosystem: Ecosystem,
  version: string,
): readonly Package[] | null {
  const isOwn = ownEcosystemOf(component) !== null;
  const isSystem = ecosystem.family === 'os';
  const named = packageOfPurl(ecosystem, purl, version);
  const own = isOwn ? ownNames(component, ecosystem) : {};
  const isOriginPackage = isSystem && component.origin?.purl?.startsWith(`pkg:${purl.type}/`) === true;
  const isSource = component.origin?.kind === 'source';
  const source = isSystem || isOwn ? sourceOf(component, isOriginPackage || isSource) : null;
  const confidence = confidenceOf(component);
  const fields = {
    ecosystem: ecosystem.id,
    ...named,
    ...own,
    ...source,
    purl: isOwn ? (component.purl ?? '') : canonical(component.purl ?? '', purl),
    packageManager: managerOf(component, isSystem),
    layer: layerOf(component),
    ...(confidence === null ? {} : { confidence }),
  };
  if (!isPlain(fields.name, NAME_LENGTH_MAX) || !isPlain(fields.version, VERSION_LENGTH_MAX)) {
    return null;
  }
  return placesOf(component, purl.qualifiers.path).map((path) => ({ ...fields, path }));
}

/** Our own documents write names and versions as the ecosystem has them, and not as package URLs do. */
function ownNames({ group, name, version, properties }: SbomComponent, ecosystem: Ecosystem): Partial<Package> {
  const architecture = properties.find(([key]) => key === 'harrier:architecture')?.[1] ?? null;
  return {
    name: group === null ? name : `${group}${ecosystem.nameSeparator ?? '/'}${name}`,
    ...(version === null ? {} : { version }),
    architecture,
    sourceName: null,
    sourceVersion: null,
  };
}

/** In canonical form, so that two documents of one thing have the same packages. */
function canonical(text: string, purl: PurlParts): string {
  try {
    return toPurl(purl);
  } catch {
    // What was read can be written, but for rules that the library has for one direction alone.
    return text.trim();
  }
}

/** Amazon Inspector lists programs of Go without a package URL, and says what they were built with. */
function toolchainOf(component: SbomComponent): readonly Package[] {
  const version = goToolchainOf(component);
  if (version === null) {
    return [];
  }
  const purl = toPurl({ type: 'golang', namespace: null, name: 'stdlib', version, qualifiers: {} });
  const common = { architecture: null, sourceName: null, sourceVersion: null, layer: layerOf(component) };
  return placesOf(component, undefined).map((path) => ({
    ...common,
    ecosystem: 'go' as const,
    name: 'stdlib',
    version,
    purl,
    packageManager: 'GOBINARY' as const,
    path,
  }));
}

function isPlain(text: string, lengthMax: number): boolean {
  return text !== '' && text.length <= lengthMax && /^[^\s\p{Cc}]+$/u.test(text);
}
