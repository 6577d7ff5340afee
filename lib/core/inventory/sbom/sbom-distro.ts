import { distroOfPurl } from '../../ecosystems/os/purl-distro.ts';
import type { Distro } from '../../model/package.ts';
import type { PurlParts } from '../../parsers/purl.ts';
import { distroIdOfName } from '../../parsers/release-files.ts';
import { propertyOf, type SbomDocument, type SbomProperty } from '../../parsers/sbom/sbom-document.ts';

/** `ID` of os-release by the words that scanners use for a distribution, where these are other ones. */
const WORDS: Readonly<Record<string, string>> = {
  alma: 'almalinux',
  amazon: 'amzn',
  'cbl-mariner': 'mariner',
  'opensuse.leap': 'opensuse-leap',
  'opensuse.tumbleweed': 'opensuse-tumbleweed',
  oracle: 'ol',
  redhat: 'rhel',
  'suse linux enterprise server': 'sles',
};

/**
 * The distribution that a document is about: what it says itself, else what most of its packages' URLs say, else what their
 * builds are marked with. Null where nothing tells.
 */
export function distroOfSbom(document: SbomDocument, purls: readonly PurlParts[]): Distro | null {
  return toldDistro(document) ?? mostNamed(purls) ?? platformDistro(document.id ?? '') ?? markedDistro(purls);
}

function toldDistro({ properties, components }: SbomDocument): Distro | null {
  const own = distroOfWords(
    propertyOf(properties, 'harrier:distro:id'),
    propertyOf(properties, 'harrier:distro:version_id') ?? '',
    propertyOf(properties, 'harrier:distro:pretty_name'),
    propertyOf(properties, 'harrier:distro:codename'),
  );
  if (own !== null) {
    return own;
  }
  for (const { kind, name, version, properties: facts } of components) {
    const found = kind === 'operating-system' ? (detailedDistro(facts) ?? namedDistro(name, version ?? '')) : null;
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** The fields of os-release, as syft and Clair attach them. */
function detailedDistro(facts: readonly SbomProperty[]): Distro | null {
  const of = (syft: string, clair: string): string | null =>
    propertyOf(facts, `syft:distro:${syft}`) ?? propertyOf(facts, `spdx:ref:${clair}`);
  return distroOfWords(
    of('id', 'did'),
    of('versionID', 'version_id') ?? '',
    of('prettyName', 'pretty_name'),
    of('versionCodename', 'version_code_name'),
  );
}

function distroOfWords(
  id: string | null,
  versionId: string,
  prettyName: string | null,
  codename: string | null,
): Distro | null {
  return id === null || !/^[a-z0-9._-]{1,64}$/.test(id)
    ? null
    : {
        id,
        versionId: /^[A-Za-z0-9._-]{1,64}$/.test(versionId) ? versionId : '',
        codename: codename?.slice(0, 64) ?? null,
        prettyName: (prettyName ?? `${id} ${versionId}`.trim()).slice(0, 200),
      };
}

/** `Debian GNU/Linux` at `12 (bookworm)`; `amazon` at `2 (Karoo)`. */
function namedDistro(name: string, version: string): Distro | null {
  const word = name.trim().toLowerCase();
  const id = (Object.hasOwn(WORDS, word) ? WORDS[word] : undefined) ?? distroIdOfName(name.trim()) ?? word;
  const [number = ''] = version.trim().split(/[\s(]/, 1);
  // Ubuntu's point releases have the advisories of their release.
  const versionId = id === 'ubuntu' ? number.split('.').slice(0, 2).join('.') : number;
  return distroOfWords(id, versionId, `${name.trim()} ${version.trim()}`.trim(), null);
}

function mostNamed(purls: readonly PurlParts[]): Distro | null {
  const counts = new Map<string, { readonly distro: Distro; count: number }>();
  for (const { namespace, qualifiers } of purls) {
    const distro = distroOfPurl(namespace, qualifiers.distro);
    if (distro !== null) {
      const key = `${distro.id} ${distro.versionId}`;
      const entry = counts.get(key) ?? { distro, count: 0 };
      entry.count += 1;
      counts.set(key, entry);
    }
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count);
  return first === undefined
    ? null
    : { ...first.distro, prettyName: `${first.distro.id} ${first.distro.versionId}`.trim() };
}

/** The namespace of what Amazon Inspector exports as SPDX: `EC2://i-022fba820db137c64/AMAZON_LINUX_2/null/x86_64`. */
function platformDistro(id: string): Distro | null {
  const platform = /^[A-Z0-9_]{2,20}:\/\/[^/]{1,300}\/([A-Z][A-Z0-9_]{2,60})(?:\/|$)/.exec(id)?.[1] ?? '';
  const [, name = '', version = ''] = /^([A-Z][A-Z_]*?)_?([0-9][0-9_]*)?$/.exec(platform) ?? [];
  const known = distroIdOfName(name.replaceAll('_', ' ')) ?? distroIdOfName(name.replaceAll('_', ''));
  const words = `${name.replaceAll('_', ' ')} ${version.replaceAll('_', '.')}`.trim();
  return distroOfWords(known, version.replaceAll('_', '.'), words, null);
}

/** Amazon marks its builds with the release, which Amazon Inspector's exports name nowhere else. */
function markedDistro(purls: readonly PurlParts[]): Distro | null {
  for (const release of ['2023', '2']) {
    const marked = purls.filter(
      ({ version }) => version?.includes(`.amzn${release}.`) || version?.endsWith(`.amzn${release}`),
    );
    if (marked.length > purls.length / 2) {
      return distroOfWords('amzn', release, `Amazon Linux ${release}`, null);
    }
  }
  return null;
}

/** Releases that packages name and that are not the one of the document: looked up as its own, they would be misjudged. */
export function otherDistros(distro: Distro | null, purls: readonly PurlParts[]): readonly string[] {
  if (distro === null) {
    return [];
  }
  const major = (version: string): string => /^[0-9]+/.exec(version)?.[0] ?? '';
  const named = purls.flatMap(({ namespace, qualifiers }) => distroOfPurl(namespace, qualifiers.distro) ?? []);
  const others = named.filter(
    ({ id, versionId }) =>
      id !== distro.id || (versionId !== '' && distro.versionId !== '' && major(versionId) !== major(distro.versionId)),
  );
  return [...new Set(others.map(({ id, versionId }) => `${id} ${versionId}`.trim()))].sort();
}
