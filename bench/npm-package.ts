import type { Package } from '../lib/core/model/package.ts';

/** A package as a lock file of npm names it. */
export function npmPackage(name: string, version: string): Package {
  return {
    ecosystem: 'npm',
    name,
    version,
    architecture: null,
    sourceName: null,
    sourceVersion: null,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    packageManager: 'NPM',
    path: 'package-lock.json',
    layer: null,
  };
}
