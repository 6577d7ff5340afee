import type { Package } from '../../model/package.ts';

/** A source package at a version, as the advisories of Debian and Ubuntu speak of it. */
export interface DpkgSource {
  readonly name: string;
  readonly version: string;
}

/**
 * The source package that advisories name. Signed kernels are built from a source of their own (`linux-signed-amd64`,
 * `linux-signed-aws`) whose version is written differently, while their binary packages carry the version of `linux`.
 */
export function dpkgSource(pkg: Package): DpkgSource {
  const name = pkg.sourceName ?? pkg.name;
  const version = pkg.sourceVersion ?? pkg.version;
  const signed = /^linux-signed(?:-(?:amd64|arm64|i386|armhf))?(-[a-z0-9.-]+)?$/.exec(name);
  return signed === null ? { name, version } : { name: `linux${signed[1] ?? ''}`, version: pkg.version };
}

/** By Debian's policy, administrators install elsewhere: what stands here came with a distribution's package. */
export function isDpkgPath(path: string): boolean {
  return /^usr\/(?:lib\/python3(?:\.[0-9]+)?\/dist-packages|share\/(?:java|maven-repo|nodejs|python-wheels))\//.test(
    path,
  );
}
