/** Ids of the ecosystems that Harrier knows; `lib/core/ecosystems/registry.ts` holds one descriptor for each. */
export const ECOSYSTEM_IDS = [
  'debian',
  'ubuntu',
  'alpine',
  'wolfi',
  'chainguard',
  'amazon',
  'redhat',
  'centos',
  'almalinux',
  'rocky',
  'oracle',
  'fedora',
  'suse',
  'opensuse',
  'azurelinux',
  'photon',
  'openeuler',
  'mageia',
  'arch',
  'npm',
  'pypi',
  'maven',
  'go',
  'cargo',
  'rubygems',
  'packagist',
  'nuget',
  'pub',
  'hex',
  'hackage',
  'ghc',
  'cran',
  'conan',
  'swift',
  'julia',
  'github-actions',
  'bitnami',
  'conda',
  'cocoapods',
  'wordpress',
  'generic',
] as const;

export type EcosystemId = (typeof ECOSYSTEM_IDS)[number];

/**
 * Amazon Inspector's word for who installed a package, from `PackageManager` of its API; `OTHER` where it has none. A lock
 * file names its tool (`NPM`, `YARN`, `POETRY` …), an installed package its kind (`NODEPKG`, `PYTHONPKG`, `JAR` …).
 */
export const PACKAGE_MANAGERS = [
  'OS',
  'NPM',
  'NODEPKG',
  'YARN',
  'PIP',
  'PIPENV',
  'POETRY',
  'PYTHONPKG',
  'JAR',
  'POM',
  'GOBINARY',
  'GOMOD',
  'CARGO',
  'BUNDLER',
  'GEMSPEC',
  'COMPOSER',
  'NUGET',
  'DOTNET_CORE',
  'OTHER',
] as const;

export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** The distribution that a root file system says it is (os-release). */
export interface Distro {
  /** `ID` of os-release: `debian`, `ubuntu`, … */
  readonly id: string;
  /** `VERSION_ID` of os-release: `12`, `22.04`; empty where the release does not say. */
  readonly versionId: string;
  readonly codename: string | null;
  readonly prettyName: string;
}

/** One installed or bundled piece of software, with a version and a place. */
export interface Package {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly architecture: string | null;
  /** Source package that advisories of a distribution speak of; null where there is no such thing. */
  readonly sourceName: string | null;
  readonly sourceVersion: string | null;
  readonly purl: string;
  readonly packageManager: PackageManager;
  /** Path inside the scanned thing of the file that proves the package. */
  readonly path: string;
  /** Digest of the image layer that brought it; null outside images. */
  readonly layer: string | null;
  /** How sure the inventory is, where something was guessed; absent where the package itself says who it is. */
  readonly confidence?: 'medium' | 'low';
}
