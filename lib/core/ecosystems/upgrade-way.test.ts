import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ECOSYSTEM_IDS, type EcosystemId } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { ecosystems } from './registry.ts';
import { type UpgradedPackage, type UpgradeWay, upgradesOf } from './upgrade-way.ts';

function pkg(name: string, path: string, more: Partial<UpgradedPackage> = {}): UpgradedPackage {
  return { name, version: '1.0.0', purl: `pkg:x/${name}@1.0.0`, path, ...more };
}

function waysOf(id: EcosystemId, subject: UpgradedPackage, fixed: string, also: readonly string[] = []) {
  return upgradesOf(ecosystems[id] as Ecosystem, subject, fixed, also);
}

const linesOf = (ways: readonly UpgradeWay[] | null) => (ways ?? []).map(({ folder, command }) => [folder, command]);

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
    ['npm', '@babel/core', 'srv/app/package-lock.json', '7.0.1', 'srv/app', 'npm install @babel/core@7.0.1'],
    ['npm', 'lodash', 'package-lock.json', '4.17.21', '.', 'npm install lodash@4.17.21'],
    ['npm', 'a', 'srv/node_modules/b/node_modules/a/package.json', '2.0.0', 'srv', 'npm install a@2.0.0'],
    ['npm', 'npm', 'usr/lib/node_modules/npm/package.json', '10.1.0', null, 'npm install --global npm@10.1.0'],
    [
      'npm',
      'tar',
      'usr/lib/node_modules/npm/node_modules/tar/package.json',
      '6.2.1',
      null,
      'npm install --global npm@latest',
    ],
    ['npm', 'lodash', 'app/yarn.lock', '4.17.21', 'app', 'yarn upgrade lodash@4.17.21'],
    ['npm', 'lodash', 'app/pnpm-lock.yaml', '4.17.21', 'app', 'pnpm update lodash@4.17.21'],
    ['npm', 'lodash', 'app/bun.lock', '4.17.21', 'app', 'bun add lodash@4.17.21'],
    ['npm', 'lodash', 'app/deno.lock', '4.17.21', 'app', 'deno add npm:lodash@4.17.21'],
    ['pypi', 'django', 'app/requirements.txt', '3.2.4', 'app', 'pip install --requirement requirements.txt'],
    ['pypi', 'django', 'app/poetry.lock', '3.2.4', 'app', "poetry add 'django@^3.2.4'"],
    ['pypi', 'django', 'app/uv.lock', '3.2.4', 'app', 'uv lock --upgrade-package django==3.2.4 && uv sync'],
    ['pypi', 'django', 'app/pdm.lock', '3.2.4', 'app', "pdm add 'django>=3.2.4'"],
    ['pypi', 'django', 'app/Pipfile.lock', '3.2.4', 'app', 'pipenv upgrade django==3.2.4'],
    ['pypi', 'django', 'app/pylock.toml', '3.2.4', 'app', 'pip lock .'],
    [
      'pypi',
      'django',
      'usr/local/lib/python3.11/site-packages/django-3.2.3.dist-info/METADATA',
      '3.2.4',
      null,
      'python3.11 -m pip install django==3.2.4',
    ],
    [
      'pypi',
      'django',
      'srv/env/lib/python3.11/site-packages/django-3.2.3.dist-info/METADATA',
      '3.2.4',
      'srv/env',
      'bin/python -m pip install django==3.2.4',
    ],
    ['maven', 'org.a:b', 'app/pom.xml', '2.17.1', 'app', null],
    ['maven', 'org.a:b', 'app/gradle.lockfile', '2.17.1', 'app', 'gradle dependencies --update-locks org.a:b'],
    [
      'maven',
      'org.a:b',
      'app/gradle/verification-metadata.xml',
      '2.17.1',
      'app',
      'gradle --write-verification-metadata sha256 help',
    ],
    ['maven', 'org.a:b', 'app/gradle/libs.versions.toml', '2.17.1', 'app/gradle', null],
    ['maven', 'org.a:b', 'app/build.sbt.lock', '2.17.1', 'app', 'sbt dependencyLockWrite'],
    ['maven', 'org.a:b', 'opt/app.jar', '2.17.1', null, null],
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
    ['cargo', 'time', 'app/Cargo.lock', '1.0.9', 'app', 'cargo update time@1.0.0 --precise 1.0.9'],
    ['cargo', 'time', 'app/Cargo.lock', '2.0.1', 'app', 'cargo add time@2.0.1 && cargo check'],
    ['cargo', 'time', 'usr/bin/x', '1.0.9', null, 'cargo update time@1.0.0 --precise 1.0.9'],
    ['rubygems', 'rack', 'app/Gemfile.lock', '2.2.4', 'app', 'bundle update --conservative rack'],
    [
      'rubygems',
      'rack',
      'usr/lib/gems/specifications/rack-1.0.0.gemspec',
      '2.2.4',
      null,
      'gem install rack --version 2.2.4 && gem uninstall rack --version 1.0.0',
    ],
    [
      'rubygems',
      'json',
      'usr/lib/gems/specifications/default/json-1.0.0.gemspec',
      '2.2.4',
      null,
      'gem install json --version 2.2.4',
    ],
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
    [
      'nuget',
      'Newtonsoft.Json',
      'app/packages.lock.json',
      '13.0.3',
      'app',
      'dotnet add package Newtonsoft.Json --version 13.0.3',
    ],
    [
      'nuget',
      'Newtonsoft.Json',
      'app/App.csproj',
      '13.0.3',
      'app',
      'dotnet add App.csproj package Newtonsoft.Json --version 13.0.3',
    ],
    [
      'nuget',
      'Newtonsoft.Json',
      'app/obj/project.assets.json',
      '13.0.3',
      'app',
      'dotnet add package Newtonsoft.Json --version 13.0.3',
    ],
    [
      'nuget',
      'Newtonsoft.Json',
      'app/App.deps.json',
      '13.0.3',
      null,
      'dotnet add package Newtonsoft.Json --version 13.0.3',
    ],
    [
      'nuget',
      'Newtonsoft.Json',
      'app/packages.config',
      '13.0.3',
      'app',
      'nuget update packages.config -Id Newtonsoft.Json -Version 13.0.3',
    ],
    ['nuget', 'Newtonsoft.Json', 'app/paket.lock', '13.0.3', 'app', 'paket update Newtonsoft.Json --version 13.0.3'],
    ['nuget', 'Newtonsoft.Json', 'Directory.Packages.props', '13.0.3', '.', null],
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
    expect(linesOf(waysOf(id, pkg(name, path), fixed))[0]).toEqual([folder, command]);
  });

  it.each<readonly [EcosystemId, string, string]>([
    ['debian', 'libssl3', 'var/lib/dpkg/status.d/libssl3'],
    ['nuget', 'Microsoft.NETCore.App.Runtime.linux-x64', 'app/App.deps.json'],
    ['ghc', 'base', 'x'],
    ['bitnami', 'nginx', 'x'],
    ['generic', 'nginx', 'usr/sbin/nginx'],
    ['oss-fuzz', 'libxml2', 'x'],
  ])('of %s there is none for %s in %s', (id, name, path) => {
    expect(waysOf(id, pkg(name, path), '9.0')).toEqual([]);
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
    expect(linesOf(waysOf(id, pkg('curl', RPM, { version, purl }), '2.0-1'))).toEqual([[null, command]]);
  });
});

it('packages of a distribution move together, each named once', () => {
  expect(linesOf(waysOf('debian', pkg('openssl', DPKG), '3', ['libssl3', 'openssl']))).toEqual([
    [null, `${APT} openssl libssl3`],
  ]);
  expect(linesOf(waysOf('redhat', pkg('a', RPM), '3', ['b']))).toEqual([[null, 'dnf upgrade a b']]);
});

it('what only other packages ask for is pinned in the file of the project', () => {
  expect(waysOf('npm', pkg('lodash', 'a/package-lock.json'), '4.17.21')?.[1]).toEqual({
    when: 'Where nothing but other packages asks for it',
    folder: 'a',
    edit: { file: 'package.json', text: '"overrides": {\n  "lodash": "4.17.21"\n}' },
    command: 'npm update lodash',
  });
  expect(waysOf('pypi', pkg('django', 'a/requirements-dev.txt'), '3.2.4')?.[0]?.edit).toEqual({
    file: 'requirements-dev.txt',
    text: 'django==3.2.4',
  });
  const [own, managed] = waysOf('maven', pkg('org.a:b', 'a/pom.xml'), '2.17.1') ?? [];
  expect(own?.edit?.text).toBe(
    '<dependency>\n  <groupId>org.a</groupId>\n  <artifactId>b</artifactId>\n  <version>2.17.1</version>\n</dependency>',
  );
  expect(managed?.edit?.text).toMatch(
    /^<dependencyManagement>\n {2}<dependencies>\n {4}<dependency>\n {6}<groupId>org\.a<[\s\S]*<\/dependencyManagement>$/,
  );
  expect(waysOf('maven', pkg('org.a:b', 'opt/x.jar'), '2.17.1')?.map(({ when }) => when)).toEqual([
    'Where Maven builds x.jar',
    'Where Gradle builds x.jar',
  ]);
  expect(waysOf('maven', pkg('org.a:b.c', 'libs.versions.toml'), '2')?.[0]?.edit?.text).toBe(
    'b-c = { module = "org.a:b.c", version = "2" }',
  );
  expect(waysOf('rubygems', pkg('rack', 'Gemfile.lock'), '2.2.4')?.[1]?.edit).toEqual({
    file: 'Gemfile',
    text: 'gem "rack", ">= 2.2.4"',
  });
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
      expect(waysOf(id, pkg(name, 'x'), '1.0.1'), JSON.stringify(name)).toBeNull();
      expect(waysOf(id, pkg(`org.a:${name}`, 'x'), '1.0.1'), JSON.stringify(name)).toBeNull();
      expect(waysOf(id, pkg(`plugin/${name}`, 'x'), '$(id)'), JSON.stringify(name)).toBeNull();
      expect(waysOf(id, pkg('abc', 'x'), name), JSON.stringify(name)).toBeNull();
    }
    expect(waysOf(id, pkg('a'.repeat(300), 'x'), '1')).toBeNull();
  });

  it('of a package beside it', () => {
    expect(waysOf('debian', pkg('openssl', DPKG), '3', ['$(id)'])).toBeNull();
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
        for (const { command } of waysOf(id, pkg(name, path, { version }), fixed) ?? []) {
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
