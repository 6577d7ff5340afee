import type { Package } from '../../lib/core/model/package.ts';

/** A package as one reader lists it. */
export interface Listed {
  /** What two readers must agree on: see `keyOf`. */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  /** The file that it was read from; empty where the reader does not say. */
  readonly path: string;
}

/** Databases of distributions: who a distribution is called by is no part of which packages it has. */
const SYSTEM_TYPES = new Set(['deb', 'rpm', 'apk', 'alpm', 'none', 'opkg']);
/** Other words for a type of package URL. */
const TYPES: Readonly<Record<string, string>> = { dart: 'pub' };
/** Ecosystems that do not tell letters by case. */
const CASELESS = new Set(['pypi', 'golang', 'composer', 'nuget', 'pub', 'hex', 'swift', 'githubactions']);

/**
 * A package URL without qualifiers and subpath. Packages of distributions go by name and version, with the epoch in front of
 * the version; names are written as their ecosystem compares them; a `v` in front of a version is left out.
 */
export function keyOf(purl: string): string {
  const [, type = '', body = '', query = ''] = /^pkg:([a-z]+)\/([^?#]*)(?:\?([^#]*))?/.exec(purl) ?? [];
  const at = body.lastIndexOf('@');
  const name = decodeURIComponent(at === -1 ? body : body.slice(0, at));
  const version = decodeURIComponent(at === -1 ? '' : body.slice(at + 1)).replace(/^v(?=[0-9])/, '');
  if (SYSTEM_TYPES.has(type)) {
    const epoch = new URLSearchParams(query).get('epoch');
    return systemKey(name.slice(name.lastIndexOf('/') + 1), epoch === null ? version : `${epoch}:${version}`);
  }
  const spelled = CASELESS.has(type) ? name.toLowerCase() : name;
  return `${TYPES[type] ?? type}/${type === 'pypi' ? spelled.replace(/[-_.]+/g, '-') : spelled}@${version}`;
}

/** An epoch of zero is none. */
export function systemKey(name: string, version: string): string {
  return `system/${name}@${version.replace(/^0:/, '')}`;
}

export function listedOf(packages: readonly Package[]): readonly Listed[] {
  return packages.map(({ purl, name, version, path }) => ({ key: keyOf(purl), name, version, path }));
}

export function listedByPurl(purl: string, path: string): Listed {
  const key = keyOf(purl);
  const at = key.lastIndexOf('@');
  return { key, name: key.slice(key.indexOf('/') + 1, at), version: key.slice(at + 1), path };
}
