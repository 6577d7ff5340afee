import type { Distro } from '../model/package.ts';
import type { PurlParts } from '../parsers/purl.ts';
import { sourceRpmParts } from '../parsers/rpm/rpm-package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { ecosystems } from './registry.ts';

/** What a package URL says of a package, in the words of the ecosystem's advisories. */
export interface PackageOfPurl {
  readonly name: string;
  readonly version: string;
  readonly architecture: string | null;
  readonly sourceName: string | null;
  readonly sourceVersion: string | null;
}

const every: readonly Ecosystem[] = Object.values(ecosystems);
/** Types by names that they go by elsewhere; Amazon Inspector exports `pkg:dpkg`. */
const TYPES: Readonly<Record<string, string>> = { dpkg: 'deb', alpine: 'apk' };
/** Who is asked about packages of a kind where nobody says whose they are. */
const USUAL: Readonly<Record<string, Ecosystem>> = {
  deb: ecosystems.debian,
  rpm: ecosystems.redhat,
  apk: ecosystems.alpine,
  alpm: ecosystems.arch,
};

function typeOf({ type }: PurlParts): string {
  return (Object.hasOwn(TYPES, type) ? TYPES[type] : undefined) ?? type;
}

/** Distributions share a type and differ by the first part of the name. Null where it is none that is known. */
export function ecosystemOfPurl(purl: PurlParts): Ecosystem | null {
  const sameType = every.filter(({ purlType }) => purlType === typeOf(purl));
  return sameType.length === 1
    ? (sameType[0] ?? null)
    : (sameType.find(({ purlNamespaces }) => purlNamespaces.includes(purl.namespace ?? '')) ?? null);
}

/**
 * The ecosystem of a package whose URL names no publisher that is known, by the distribution that it was found on. As with
 * package databases, its advisory keys decide whether there are any for it.
 */
export function ecosystemOnDistro(purl: PurlParts, distro: Distro | null): Ecosystem | null {
  const type = typeOf(purl);
  const usual = Object.hasOwn(USUAL, type) ? USUAL[type] : undefined;
  const id = distro?.id ?? '';
  const own = every.find(
    ({ purlType, purlNamespaces }) =>
      purlType === type && purlNamespaces.some((name) => name === id || id.startsWith(`${name}-`)),
  );
  return usual === undefined ? null : (own ?? usual);
}

/** Name, version and source of a package of the ecosystem. The version may stand beside the URL instead of in it. */
export function packageOfPurl(ecosystem: Ecosystem, purl: PurlParts, version: string): PackageOfPurl {
  if (ecosystem.family === 'language') {
    const name = [purl.namespace, purl.name].filter(Boolean).join(ecosystem.nameSeparator ?? '/');
    return { name, version, architecture: null, sourceName: null, sourceVersion: null };
  }
  const full = withEpoch(version, purl.qualifiers.epoch);
  const source = sourceOf(purl.qualifiers.upstream ?? purl.qualifiers.source ?? '', purl.name, version, full);
  const arch = purl.qualifiers.arch ?? null;
  // Amazon Inspector exports X86_64.
  return { name: purl.name, version: full, architecture: arch?.toLowerCase() ?? null, ...source };
}

/** Purl-spec, types deb and rpm: the epoch may stand in a qualifier. None is the same as 0. */
export function withEpoch(version: string, epoch: string | undefined): string {
  return epoch === undefined || !/^[1-9][0-9]{0,9}$/.test(epoch) || version.includes(':')
    ? version
    : `${epoch}:${version}`;
}

type Source = Pick<PackageOfPurl, 'sourceName' | 'sourceVersion'>;

/**
 * `openssl`, `openssl@3.0.11-1`, the name of a source package's file (`bash-5.1-2.el9.src.rpm`, as syft has it), or what Amazon
 * Inspector exports in the same manner for Debian: `libss2-1.44.5-1+deb10u3.src.dpkg`.
 */
function sourceOf(text: string, name: string, version: string, full: string): Source {
  const rpm = sourceRpmParts(text);
  if (rpm !== null) {
    return { sourceName: rpm.name, sourceVersion: rpm.versionRelease === version ? full : rpm.versionRelease };
  }
  const file = /^([^\s/]{1,300})\.src\.(?:dpkg|rpm|apk)$/.exec(text)?.[1];
  if (file !== undefined) {
    // The name of the package itself stands there as well, where the exporter did not know better: that is no source.
    const source = file.endsWith(`-${version}`) ? file.slice(0, -version.length - 1) : null;
    return { sourceName: source === name ? null : source, sourceVersion: null };
  }
  const [sourceName = '', sourceVersion = ''] = text.split('@');
  return { sourceName: sourceName || null, sourceVersion: sourceVersion || null };
}
