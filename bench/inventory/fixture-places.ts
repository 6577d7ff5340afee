/** A file that bears a name of its own is read under the name that its format has on disk. */
export interface Place {
  /** Matched against the path from the root of the data. */
  readonly of: RegExp;
  /** Its path in a tree of its own, with `$1` for groups of the pattern. */
  readonly as: string;
}

/** The first that matches counts; a file that none matches is read where it lies. */
export const PLACES: readonly Place[] = [
  ...inFolders({
    'bun(?:lock)?': 'bun.lock',
    'bundler|gemfilelock': 'Gemfile.lock',
    'cargo|cargolock': 'Cargo.lock',
    'composer(?:lock)?': 'composer.lock',
    'osv-detector/go|gomod': 'go.mod',
    'osv-detector/gradle|gradlelockfile|gradle/lockfile': 'gradle.lockfile',
    'osv-detector/maven|pomxml': 'pom.xml',
    'osv-detector/npm|packagelockjson|nodejs/npm': 'package-lock.json',
    'osv-detector/nuget|nuget/lock': 'packages.lock.json',
    'pdm|pdmlock': 'pdm.lock',
    'pip|requirements': 'requirements.txt',
    'pipenv|pipfilelock': 'Pipfile.lock',
    'pnpm|pnpmlock': 'pnpm-lock.yaml',
    'poetry|poetrylock': 'poetry.lock',
    'dart/pub|osv-detector/pub|pubspec': 'pubspec.lock',
    pylock: 'pylock.toml',
    'renv|renvlock': 'renv.lock',
    'osv-detector/uv|uvlock|python/uv': 'uv.lock',
    'osv-detector/yarn|yarnlock|nodejs/yarn': 'yarn.lock',
    'conanlock|c/conan': 'conan.lock',
    'mix|mixlock': 'mix.lock',
    packagesprops: 'Packages.props',
    'nuget/config': 'packages.config',
    depsjson: 'a.deps.json',
    'packageslockjson/[a-z]+': 'packages.lock.json',
    'projectassetsjson/[a-z]+': 'project.assets.json',
    'julia/manifesttoml': 'Manifest.toml',
    'pubspec_locks|dart/[a-z]+-sdk|dart/glob-paths/lock/src': 'pubspec.lock',
    'pubspecs|dart/glob-paths/spec': 'pubspec.yaml',
    csproj: 'app.csproj',
    nugetcpm: 'Directory.Packages.props',
    packagesconfig: 'packages.config',
    packageslockjson: 'packages.lock.json',
    gradleverificationmetadataxml: 'gradle/verification-metadata.xml',
    gradleversioncatalog: 'gradle/libs.versions.toml',
    condameta: 'conda-meta/a.json',
    'podfilelock|swift/cocoapods': 'Podfile.lock',
    'packageresolved|swift/swift': 'Package.resolved',
    stacklock: 'stack.yaml.lock',
    'haskell/cabal': 'cabal.project.freeze',
    'conda/environment': 'environment.yml',
    'conda/meta': 'conda-meta/a.json',
    'sbt/lockfile': 'build.sbt.lock',
    'frameworks/wordpress': 'wp-includes/version.php',
    'r/map-parse': 'usr/lib/R/library/a/DESCRIPTION',
    'ruby/gemspec(?:/[^/]+)?': 'specifications/a.gemspec',
    'nodejs/packagejson': 'node_modules/a/package.json',
    'javascript/packagejson(?:/deps/.+)?': 'node_modules/a/package.json',
    'javascript/pkg-json': 'node_modules/a/package.json',
    'javascript/pkg-lock': 'package-lock.json',
    'javascript/denojson': 'deno.json',
    cargotoml: 'Cargo.toml',
    'pyproject|pyprojecttoml': 'pyproject.toml',
    'python/setup': 'setup.py',
    gleamtoml: 'gleam.toml',
    'julia/projecttoml': 'Project.toml',
  }),
  ...inPaths({
    '.*/ruby/[^/]+\\.gemspec': 'specifications/a.gemspec',
    '.*/Cargo\\.lock-with-git-deps': 'Cargo.lock',
    '.*/swift/[^/]+\\.resolved': 'Package.resolved',
    '.*/rebar-2\\.lock': 'rebar.lock',
    '.*/rabbitmq\\.app': 'ebin/rabbitmq.app',
    '.*/conanfile-[^/]+\\.txt': 'conanfile.txt',
    '.*/php/.*/installed\\.json': 'vendor/composer/installed.json',
    '.*/syft/r/(?:installed/[a-z]+/)?DESCRIPTION': 'usr/lib/R/library/a/DESCRIPTION',
    '.*/wheelegg/(?:distinfo_meta|mixed_case|special_chars|empty|pyopenssl[^/]*)': 'site-packages/a.dist-info/METADATA',
    '.*/wheelegg/(?:egginfo|egginfo_pkginfo)': 'site-packages/a.egg-info',
    '.*/wheelegg/(?:pkginfo|malformed_pkginfo|repeated_pkginfo)': 'site-packages/a.egg-info/PKG-INFO',
    '.*/python/packaging/[^/]+METADATA': 'site-packages/a.dist-info/METADATA',
    '.*/python/packaging/[^/]+PKG-INFO': 'site-packages/a.egg-info/PKG-INFO',
    '.*/java/pom/[^/]+\\.pom\\.xml': 'pom.xml',
    '.*/Manifest_v[0-9.]+\\.toml': 'Manifest.toml',
    '.*/nuget/lock/[^/]+': 'packages.lock.json',
    '.*/gomod': 'go.mod',
    'hosts/debian-postgresql/var/lib/dpkg/status\\.[a-z-]+': 'var/lib/dpkg/status',
  }),
  { of: /^hosts\/parser-fixtures\/osv-scalibr\/dpkg\/dpkg\/[^/]+$/, as: 'var/lib/dpkg/status' },
  { of: /^hosts\/parser-fixtures\/osv-scalibr\/dpkg\/dpkg\/(status\.d\/[^/]+)$/, as: 'var/lib/dpkg/$1' },
  { of: /^hosts\/parser-fixtures\/osv-scalibr\/dpkg\/opkg\/[^/]+$/, as: 'var/lib/opkg/status' },
  { of: /^hosts\/parser-fixtures\/osv-scalibr\/pacman\/[^/]+$/, as: 'var/lib/pacman/local/a-1/desc' },
  { of: /^hosts\/parser-fixtures\/(?:osv-scalibr|trivy)\/apk\/[^/]+$/, as: 'lib/apk/db/installed' },
  {
    of: /^hosts\/parser-fixtures\/syft\/alpine\/(?:single|base|extra-file-attributes|empty-deps-and-provides)$/,
    as: 'lib/apk/db/installed',
  },
  { of: /^hosts\/parser-fixtures\/syft\/redhat\/Packages$/, as: 'var/lib/rpm/Packages' },
  {
    of: /^hosts\/parser-fixtures\/syft\/redhat\/container-manifest-2$/,
    as: 'var/lib/rpmmanifest/container-manifest-2',
  },
  { of: /^hosts\/parser-fixtures\/trivy-os\/release\/[^/]+$/, as: 'etc/os-release' },
  { of: /^hosts\/parser-fixtures\/trivy-os\/ubuntu\/lsb-release$/, as: 'etc/lsb-release' },
  { of: /^hosts\/parser-fixtures\/trivy-os\/redhatbase\/[^/]+\/([a-z]+-release)$/, as: 'etc/$1' },
];

/** Patterns of whole paths below the lock files, or from the root where they name another folder. */
function inPaths(paths: Readonly<Record<string, string>>): readonly Place[] {
  return Object.entries(paths).map(([path, as]) => ({ of: new RegExp(`^${path}$`), as }));
}

/** Whatever lies directly in a folder of that name. */
function inFolders(names: Readonly<Record<string, string>>): readonly Place[] {
  return Object.entries(names).map(([folder, as]) => ({
    of: new RegExp(`^lockfiles/(?:.*/)?(?:${folder})/[^/]+$`),
    as,
  }));
}

/** Parts of an archive that is put together before it is read: its path, and the path inside of it. */
export const PACKED: readonly { readonly of: RegExp; readonly archive: string; readonly as: string }[] = [
  { of: /^lockfiles\/syft\/java\/jar-metadata\/(.+?)\/(META-INF\/.+)$/, archive: '$1.jar', as: '$2' },
  { of: /^lockfiles\/syft\/java\/manifest\/([^/]+)$/, archive: '$1.jar', as: 'META-INF/MANIFEST.MF' },
  {
    of: /^lockfiles\/syft\/java\/pom\/([^/]+)\.pom\.properties$/,
    archive: '$1.jar',
    as: 'META-INF/maven/a/b/pom.properties',
  },
];
