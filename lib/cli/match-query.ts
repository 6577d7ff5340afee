import type { Ecosystem } from '../core/ecosystems/ecosystem.ts';
import { distroOfPurl } from '../core/ecosystems/os/purl-distro.ts';
import { ecosystems } from '../core/ecosystems/registry.ts';
import { ecosystemOfKey } from '../core/model/ids.ts';
import { fromPurl, type PurlParts } from '../core/parsers/purl.ts';
import type { PackageQuery } from '../core/scan/package/query.ts';

/** A line of `harrier match` as a question, or why it is none. */
export function readMatchQuery(line: string | null): PackageQuery | { readonly undecidable: string } {
  if (line === null) {
    return { undecidable: 'the line is too long' };
  }
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { undecidable: 'the line is not JSON' };
  }
  const query = (typeof raw === 'object' && raw !== null ? raw : {}) as Readonly<Record<string, unknown>>;
  if (typeof query.purl === 'string') {
    return fromPurlText(query.purl);
  }
  const { ecosystem, package: name, version } = query;
  if (typeof ecosystem !== 'string' || typeof name !== 'string' || typeof version !== 'string') {
    return { undecidable: 'the line has neither "purl" nor "ecosystem", "package" and "version" as texts' };
  }
  return { ecosystem, name, version };
}

/** A package URL as a question, or why it is none. */
export function fromPurlText(text: string): PackageQuery | { readonly undecidable: string } {
  const purl = fromPurl(text);
  if (purl === null) {
    return { undecidable: `"${text.slice(0, 100)}" is not a package URL` };
  }
  if (purl.version === null) {
    return { undecidable: 'the package URL has no version' };
  }
  const ecosystem = ecosystemOfPurl(purl);
  if (ecosystem === null) {
    return { undecidable: `package URLs of type ${purl.type} are not known` };
  }
  const { name, version } = advisedName(ecosystem, purl, purl.version);
  const pkg = {
    ecosystem: ecosystem.id,
    name,
    version,
    architecture: null,
    sourceName: null,
    sourceVersion: null,
    purl: text,
    packageManager: 'OS' as const,
    path: '',
    layer: null,
  };
  const [key] = ecosystem.advisoryKeys(pkg, distroOfPurl(purl.namespace, purl.qualifiers.distro));
  if (key === undefined) {
    return { undecidable: 'the package URL does not say which release, as in ?distro=debian-12' };
  }
  return { ecosystem: ecosystemOfKey(key), name, version };
}

/** Distributions share a type and differ by the first part of the name. */
function ecosystemOfPurl({ type, namespace }: PurlParts): Ecosystem | null {
  const sameType = Object.values<Ecosystem>(ecosystems).filter(({ purlType }) => purlType === type);
  return sameType.length === 1
    ? (sameType[0] ?? null)
    : (sameType.find(({ purlNamespaces }) => purlNamespaces.includes(namespace ?? '')) ?? null);
}

/** Advisories of distributions speak of source packages, which a package URL may name under `upstream`. */
function advisedName(ecosystem: Ecosystem, purl: PurlParts, version: string): { name: string; version: string } {
  if (ecosystem.family === 'language') {
    return { name: [purl.namespace, purl.name].filter(Boolean).join(ecosystem.nameSeparator ?? '/'), version };
  }
  const [name = '', sourceVersion] = (purl.qualifiers.upstream ?? purl.qualifiers.source ?? purl.name).split('@');
  const epoch = purl.qualifiers.epoch;
  const full = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
  return { name, version: sourceVersion ?? full };
}
