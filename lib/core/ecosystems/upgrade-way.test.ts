import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, upgraded, waysOf } from '../../testing/upgrade-ways.ts';
import { ECOSYSTEM_IDS, type EcosystemId } from '../model/package.ts';

const DPKG = 'var/lib/dpkg/status';
const RPM = 'var/lib/rpm/rpmdb.sqlite';
const APT = 'apt-get update && apt-get install --only-upgrade';

describe('the usual way', () => {
  it.each<readonly [EcosystemId, string, string, string, string | null, string | null]>([
    ['debian', 'libssl3', DPKG, '3.0.11-1~deb12u2', null, `${APT} libssl3`],
    ['ubuntu', 'libstdc++6', DPKG, '12', null, `${APT} libstdc++6`],
    ['alpine', 'busybox', 'lib/apk/db/installed', '1.36.1-r5', null, 'apk upgrade --update-cache busybox'],
    ['wolfi', 'busybox', 'lib/apk/db/installed', '1.36.1-r5', null, 'apk upgrade --update-cache busybox'],
    ['chainguard', 'busybox', 'lib/apk/db/installed', '1.36.1-r5', null, 'apk upgrade --update-cache busybox'],
    ['fedora', 'curl', RPM, '8.0-1.fc40', null, 'dnf upgrade curl'],
    ['mageia', 'curl', RPM, '8.0-1.mga9', null, 'dnf upgrade curl'],
    ['openeuler', 'curl', RPM, '8.0-1', null, 'dnf upgrade curl'],
    ['suse', 'curl', RPM, '8.0-1', null, 'zypper update curl'],
    ['opensuse', 'curl', RPM, '8.0-1', null, 'zypper update curl'],
    ['photon', 'curl', RPM, '8.0-1.ph4', null, 'tdnf update curl'],
    ['azurelinux', 'curl', RPM, '8.0-1.azl3', null, 'tdnf upgrade curl'],
    ['arch', 'curl', 'var/lib/pacman/local/curl-1-1/desc', '8.0-1', null, 'pacman -Syu curl'],
    ['go', 'golang.org/x/net', 'app/go.mod', '0.17.0', 'app', 'go get golang.org/x/net@v0.17.0 && go mod tidy'],
    [
      'go',
      'golang.org/x/net',
      'app/vendor/modules.txt',
      '0.17.0',
      'app',
      'go get golang.org/x/net@v0.17.0 && go mod tidy && go mod vendor',
    ],
    ['go', 'stdlib', 'usr/bin/x', '1.21.5', null, 'go get go@1.21.5 && go mod tidy'],
    ['go', 'toolchain', 'app/go.mod', '1.21.5', 'app', 'go get toolchain@go1.21.5 && go mod tidy'],
    [
      'packagist',
      'twig/twig',
      'app/composer.lock',
      '3.4.3',
      'app',
      "composer require 'twig/twig:^3.4.3' --update-with-all-dependencies",
    ],
    [
      'packagist',
      'twig/twig',
      'app/vendor/composer/installed.json',
      '3.4.3',
      'app',
      "composer require 'twig/twig:^3.4.3' --update-with-all-dependencies",
    ],
    ['pub', 'http', 'app/pubspec.lock', '0.13.3', 'app', "dart pub add 'http:^0.13.3'"],
    ['hex', 'phoenix', 'app/mix.lock', '1.6.14', 'app', 'mix deps.update phoenix'],
    ['hex', 'cowboy', 'app/rebar.lock', '2.9.0', 'app', 'rebar3 upgrade cowboy'],
    ['hackage', 'aeson', 'app/cabal.project.freeze', '2.0.1', 'app', 'cabal freeze'],
    ['hackage', 'aeson', 'app/stack.yaml.lock', '2.0.1', 'app', 'stack build'],
    ['cran', 'readxl', 'usr/lib/R/library/readxl/DESCRIPTION', '1.4', null, `Rscript -e 'install.packages("readxl")'`],
    ['cran', 'readxl', 'app/renv.lock', '1.4', 'app', `Rscript -e 'renv::record("readxl@1.4"); renv::restore()'`],
    ['conan', 'zlib', 'app/conan.lock', '1.2.12', 'app', 'conan install . --build=missing'],
    ['swift', 'github.com/apple/swift-nio', 'app/Package.resolved', '2.0.0', 'app', 'swift package update swift-nio'],
    [
      'julia',
      'JSON',
      'app/Manifest.toml',
      '0.21.4',
      'app',
      `julia --project=. -e 'using Pkg; Pkg.add(name="JSON", version="0.21.4")'`,
    ],
    ['github-actions', 'actions/checkout', '.github/workflows/a.yml', '4.1.1', '.github/workflows', null],
    ['conda', 'numpy', 'opt/conda/conda-meta/numpy.json', '1.22.2', null, "conda install 'numpy>=1.22.2'"],
    ['cocoapods', 'AppCenter', 'ios/Podfile.lock', '4.2.1', 'ios', 'pod update AppCenter'],
    ['wordpress', 'wordpress', 'wp-includes/version.php', '6.1.2', null, 'wp core update --version=6.1.2'],
    ['wordpress', 'plugin/akismet', 'x', '5.1', null, 'wp plugin update akismet --version=5.1'],
  ])('%s: %s of %s to %s', (id, name, path, fixed, folder, command) => {
    expect(linesOf(waysOf(id, upgraded(name, path), fixed))[0]).toEqual([folder, command]);
  });

  it.each<readonly [EcosystemId, string, string]>([
    ['debian', 'libssl3', 'var/lib/dpkg/status.d/libssl3'],
    ['nuget', 'Microsoft.NETCore.App.Runtime.linux-x64', 'app/App.deps.json'],
    ['ghc', 'base', 'x'],
    ['bitnami', 'nginx', 'x'],
    ['generic', 'nginx', 'usr/sbin/nginx'],
    ['oss-fuzz', 'libxml2', 'x'],
  ])('of %s there is none for %s in %s', (id, name, path) => {
    expect(waysOf(id, upgraded(name, path), '9.0')).toEqual([]);
  });

  it.each<readonly [EcosystemId, string, string, string]>([
    ['amazon', '1.0-1.amzn2', '', 'yum update curl'],
    ['amazon', '1.0-1.amzn2.0.3', '', 'yum update curl'],
    ['amazon', '1.0-1.amzn2023.0.2', '', 'dnf upgrade --releasever=latest curl'],
    ['amazon', '1.0-1', 'pkg:rpm/amzn/curl@1.0-1?distro=amzn-2023', 'dnf upgrade --releasever=latest curl'],
    ['redhat', '1.0-1.el7_9', '', 'yum update curl'],
    ['redhat', '1.0-1.el8_10', '', 'dnf upgrade curl'],
    ['centos', '1.0-1.el6', '', 'yum update curl'],
    ['centos', '1.0-1', 'pkg:rpm/centos/curl@1.0-1?distro=centos-7', 'yum update curl'],
    ['almalinux', '1.0-1.el9', '', 'dnf upgrade curl'],
    ['rocky', '1.0-1.el10', '', 'dnf upgrade curl'],
    ['oracle', '1.0-1.el7', '', 'yum update curl'],
    ['oracle', '1.0-1.ol8', '', 'dnf upgrade curl'],
  ])('of %s goes by the release: %s %s', (id, version, purl, command) => {
    expect(linesOf(waysOf(id, upgraded('curl', RPM, { version, purl }), '2.0-1'))).toEqual([[null, command]]);
  });
});

it('packages of a distribution move together, each named once', () => {
  expect(linesOf(waysOf('debian', upgraded('openssl', DPKG), '3', ['libssl3', 'openssl']))).toEqual([
    [null, `${APT} openssl libssl3`],
  ]);
  expect(linesOf(waysOf('redhat', upgraded('a', RPM), '3', ['b']))).toEqual([[null, 'dnf upgrade a b']]);
});

const HOSTILE = [
  '$(id)',
  '`id`',
  "x'; rm -rf / #",
  '-rf',
  '--help',
  'a\nb',
  'a b',
  'é',
  'x";system("id',
  '',
  '../x;',
  'a&b',
  'a|b',
  '\u0000',
  'x\r',
  '$x',
  'a\\b',
  '*',
];

describe('what cannot be a name or a version gets no line', () => {
  it.each(ECOSYSTEM_IDS)('of %s', (id) => {
    for (const name of HOSTILE) {
      expect(waysOf(id, upgraded(name, 'x'), '1.0.1'), JSON.stringify(name)).toBeNull();
      expect(waysOf(id, upgraded(`org.a:${name}`, 'x'), '1.0.1'), JSON.stringify(name)).toBeNull();
      expect(waysOf(id, upgraded(`plugin/${name}`, 'x'), '$(id)'), JSON.stringify(name)).toBeNull();
      expect(waysOf(id, upgraded('abc', 'x'), name), JSON.stringify(name)).toBeNull();
    }
    expect(waysOf(id, upgraded('a'.repeat(300), 'x'), '1')).toBeNull();
  });

  it('of a package beside it', () => {
    expect(waysOf('debian', upgraded('openssl', DPKG), '3', ['$(id)'])).toBeNull();
  });
});

it('no sign but the safe ones stands outside of quotes, whatever the names, versions and files', () => {
  const names = ['openssl', 'org.a:b-c', 'a/b', 'plugin/x', '@a/b', 'github.com/a/b~c', 'wordpress'];
  const paths = [
    'package-lock.json',
    'yarn.lock',
    'go.mod',
    'Cargo.lock',
    'Gemfile.lock',
    'A b$(id).csproj',
    "x'.txt",
    'a.config',
  ];
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...HOSTILE));
  let written = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...ECOSYSTEM_IDS),
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, text),
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom('1.2.3', '2:1.0-1~deb12u1', '1!2.0', '1.0^git1') }, text),
      fc.oneof(
        fc.constantFrom(...paths),
        text,
        text.map((it) => `${it}/lib/python3.11/site-packages/x.dist-info/METADATA`),
      ),
      text,
      (id, name, fixed, path, version) => {
        for (const { command } of waysOf(id, upgraded(name, path, { version }), fixed) ?? []) {
          if (command === null) continue;
          written += 1;
          const bare = command.replaceAll(/'[^']*'|\\'/g, '').replaceAll(' && ', ' ');
          expect(bare).toMatch(/^[A-Za-z0-9_./:=@+,~^ -]*$/);
        }
      },
    ),
    { numRuns: 5000 },
  );
  expect(written).toBeGreaterThan(500);
});
