import { ecosystemOfPurl, packageOfPurl } from '../core/ecosystems/of-purl.ts';
import { distroOfPurl } from '../core/ecosystems/os/purl-distro.ts';
import { ecosystemOfKey } from '../core/model/ids.ts';
import { fromPurl } from '../core/parsers/purl.ts';
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
  const pkg = {
    ecosystem: ecosystem.id,
    ...packageOfPurl(ecosystem, purl, purl.version),
    purl: text,
    packageManager: 'OS' as const,
    path: '',
    layer: null,
  };
  const [key] = ecosystem.advisoryKeys(pkg, distroOfPurl(purl.namespace, purl.qualifiers.distro));
  if (key === undefined && ecosystem.family === 'language') {
    return { undecidable: `nobody publishes advisories for such packages of ${ecosystem.displayName}` };
  }
  if (key === undefined) {
    return { undecidable: 'the package URL does not say which release, as in ?distro=debian-12' };
  }
  const named = ecosystemOfKey(key);
  const name = ecosystem.family === 'language' ? pkg.name : key.slice(named.length + 1);
  return { ecosystem: named, name, version: ecosystem.advisoryVersion(pkg) };
}
