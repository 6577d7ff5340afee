import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ecosystems } from '../core/ecosystems/registry.ts';
import { collectDirectory } from '../core/inventory/directory.ts';
import { collectHost } from '../core/inventory/host-filesystem.ts';
import type { GuidanceWay } from '../core/model/guidance.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { EcosystemId, Package } from '../core/model/package.ts';
import { guidanceOf } from '../core/remediation/guidance.ts';
import { compareVersions } from '../core/versions/compare-versions.ts';
import type { VersionScheme } from '../core/versions/scheme.ts';
import { openHostDirectory } from '../filesystem/host-directory.ts';

/**
 * Runs the commands of guidance with the package managers of this machine and reads the result with our own inventory. It
 * asks public registries, so it runs only where `HARRIER_TRY_COMMANDS=1` says so; what is not installed is skipped by name.
 */
const isAsked = process.env.HARRIER_TRY_COMMANDS === '1';
/** Poetry asks a mirror in another way than pip does, so one is named to it where the usual registry is not reached. */
const simpleIndex = process.env.HARRIER_TRY_INDEX ?? '';
const LIMIT_MS = 300_000;

interface Trial {
  readonly name: string;
  readonly needs: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Lines that make the project as it was before. */
  readonly before: readonly string[];
  readonly package: readonly [ecosystem: string, name: string];
  readonly path?: RegExp;
  readonly from: string;
  readonly to: string;
  /** True where the tool goes on to the newest release that is compatible. */
  readonly orLater?: true;
  /** Which of the ways; the usual one unless given. */
  readonly way?: number;
  /** Makes the change of the file as a reader would. */
  readonly edit?: (text: string, change: string) => string;
  /** Said to the shell before each line: which root a package manager works in. */
  readonly around?: string;
  /** Where the command is not the last one that the reader runs. */
  readonly after?: readonly string[];
}

const npmProject = (dependencies: object) => ({
  'package.json': JSON.stringify({ name: 'tried', version: '1.0.0', private: true, dependencies }, null, 2),
});
const intoObject = (text: string, change: string): string => text.replace('{', `{\n${change},`);
const pyproject =
  '[project]\nname = "tried"\nversion = "1.0.0"\nrequires-python = ">=3.11,<4"\ndependencies = ["idna>=3.6"]\n';
const pom = (body: string): string =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version>${body}</project>`;
const module = (path: string, version: string): string =>
  `<dependency><groupId>${path.split(':')[0]}</groupId><artifactId>${path.split(':')[1]}</artifactId><version>${version}</version></dependency>`;
const poetrySource = simpleIndex === '' ? '' : `\n[[tool.poetry.source]]\nname = "simple"\nurl = "${simpleIndex}"\n`;
const cargoToml =
  '[package]\nname = "tried"\nversion = "1.0.0"\nedition = "2021"\n\n[dependencies]\nsmallvec = "0.6"\n';

/** An archive of one package in two builds, the later one put aside. */
const RPM = {
  files: {
    'etc/os-release': 'ID=almalinux\nVERSION_ID="9.4"\n',
    '.rpmmacros': '%_dbpath /var/lib/rpm\n',
    'etc/yum.repos.d/tried.repo': '[tried]\nname=tried\nbaseurl=file:@/archive\ngpgcheck=0\nmetadata_expire=0\n',
    ...Object.fromEntries(
      ['1', '2'].map((release) => [
        `spec/${release}.spec`,
        `Name: tried\nVersion: 1.0\nRelease: ${release}.el9\nSummary: tried\nLicense: MIT\nBuildArch: noarch\n%description\ntried\n%files\n`,
      ]),
    ),
  },
  before: [
    'for r in 1 2; do rpmbuild -bb --quiet --define "_topdir $ROOT/b" --define "_rpmdir $ROOT/b/$r" spec/$r.spec; done',
    'mkdir archive && cp b/1/noarch/*.rpm archive/ && createrepo_c --quiet archive',
  ],
  from: '1.0-1.el9',
  to: '1.0-2.el9',
};
const RPM_LATER = ['cp b/2/noarch/*.rpm archive/ && createrepo_c --quiet archive'];

const TRIALS: readonly Trial[] = [
  {
    name: 'npm, a dependency of the project',
    needs: ['npm'],
    files: npmProject({ lodash: '4.17.20' }),
    before: ['npm install --no-audit --no-fund'],
    package: ['npm', 'lodash'],
    path: /package-lock\.json$/,
    from: '4.17.20',
    to: '4.17.21',
  },
  {
    name: 'npm, a dependency of another',
    needs: ['npm'],
    files: npmProject({ mkdirp: '0.5.1' }),
    before: ['npm install --no-audit --no-fund'],
    package: ['npm', 'minimist'],
    path: /package-lock\.json$/,
    from: '0.0.8',
    to: '1.2.8',
    way: 1,
    edit: intoObject,
  },
  {
    name: 'npm, what is installed',
    needs: ['npm'],
    files: npmProject({ lodash: '4.17.20' }),
    before: ['npm install --no-audit --no-fund --no-package-lock'],
    package: ['npm', 'lodash'],
    path: /node_modules\/lodash\/package\.json$/,
    from: '4.17.20',
    to: '4.17.21',
  },
  {
    name: 'Yarn 1',
    needs: ['yarn'],
    files: npmProject({ lodash: '4.17.20' }),
    before: ['yarn install --silent'],
    package: ['npm', 'lodash'],
    path: /yarn\.lock$/,
    from: '4.17.20',
    to: '4.17.21',
  },
  {
    name: 'Yarn 1, a dependency of another',
    needs: ['yarn'],
    files: npmProject({ mkdirp: '0.5.1' }),
    before: ['yarn install --silent'],
    package: ['npm', 'minimist'],
    path: /yarn\.lock$/,
    from: '0.0.8',
    to: '1.2.8',
    way: 2,
    edit: intoObject,
  },
  {
    name: 'pnpm',
    needs: ['pnpm'],
    files: npmProject({ lodash: '4.17.20' }),
    before: ['pnpm install'],
    package: ['npm', 'lodash'],
    path: /pnpm-lock\.yaml$/,
    from: '4.17.20',
    to: '4.17.21',
  },
  {
    name: 'pnpm, a dependency of another',
    needs: ['pnpm'],
    files: npmProject({ mkdirp: '0.5.1' }),
    before: ['pnpm install'],
    package: ['npm', 'minimist'],
    path: /pnpm-lock\.yaml$/,
    from: '0.0.8',
    to: '1.2.8',
    way: 1,
    edit: intoObject,
  },
  {
    name: 'pip, a list of requirements',
    needs: ['python3'],
    files: { 'requirements.txt': 'idna==3.6\n' },
    before: ['python3 -m venv env', 'env/bin/pip install --quiet --requirement requirements.txt'],
    package: ['pypi', 'idna'],
    path: /requirements\.txt$/,
    from: '3.6',
    to: '3.7',
    edit: (_text, change) => `${change}\n`,
  },
  {
    name: 'pip, an environment',
    needs: ['python3'],
    files: {},
    before: ['python3 -m venv env', 'env/bin/pip install --quiet idna==3.6'],
    package: ['pypi', 'idna'],
    path: /METADATA$/,
    from: '3.6',
    to: '3.7',
  },
  {
    name: 'uv',
    needs: ['uv', 'python3'],
    files: { 'pyproject.toml': pyproject },
    before: ['uv lock --quiet --upgrade-package idna==3.6'],
    package: ['pypi', 'idna'],
    path: /uv\.lock$/,
    from: '3.6',
    to: '3.7',
  },
  {
    name: 'Poetry',
    needs: ['poetry', 'python3'],
    files: {
      'pyproject.toml': `${pyproject.replace('>=3.6', '==3.6')}[tool.poetry]\npackage-mode = false\n${poetrySource}`,
    },
    before: ['poetry lock --quiet'],
    package: ['pypi', 'idna'],
    path: /poetry\.lock$/,
    from: '3.6',
    to: '3.7',
    orLater: true,
  },
  {
    name: 'PDM',
    needs: ['pdm', 'python3'],
    files: { 'pyproject.toml': pyproject.replace('>=3.6', '==3.6') },
    before: ['pdm lock --quiet'],
    package: ['pypi', 'idna'],
    path: /pdm\.lock$/,
    from: '3.6',
    to: '3.7',
    orLater: true,
  },
  {
    name: 'Pipenv',
    needs: ['pipenv', 'python3'],
    files: {
      Pipfile: '[packages]\nidna = "==3.6"\n',
    },
    before: ['pipenv lock --quiet'],
    package: ['pypi', 'idna'],
    path: /Pipfile\.lock$/,
    from: '3.6',
    to: '3.7',
  },
  {
    name: 'Cargo, within what Cargo.toml allows',
    needs: ['cargo'],
    files: { 'Cargo.toml': cargoToml, 'src/main.rs': 'fn main() {}\n' },
    before: ['cargo update --quiet smallvec --precise 0.6.13'],
    package: ['cargo', 'smallvec'],
    path: /Cargo\.lock$/,
    from: '0.6.13',
    to: '0.6.14',
  },
  {
    name: 'Cargo, past what Cargo.toml allows',
    needs: ['cargo'],
    files: { 'Cargo.toml': cargoToml, 'src/main.rs': 'fn main() {}\n' },
    before: ['cargo update --quiet smallvec --precise 0.6.13'],
    package: ['cargo', 'smallvec'],
    path: /Cargo\.lock$/,
    from: '0.6.13',
    to: '1.6.1',
    orLater: true,
  },
  {
    name: 'Go, a module',
    needs: ['go'],
    files: {
      'go.mod': 'module example.com/tried\n\ngo 1.21\n\nrequire golang.org/x/text v0.3.7\n',
      'main.go':
        'package main\n\nimport "golang.org/x/text/language"\n\nfunc main() { println(language.English.String()) }\n',
    },
    before: ['go mod tidy'],
    package: ['go', 'golang.org/x/text'],
    path: /go\.mod$/,
    from: '0.3.7',
    to: '0.3.8',
  },
  {
    name: 'Maven, a dependency of the project',
    needs: ['mvn'],
    files: { 'pom.xml': pom(`<dependencies>${module('org.apache.commons:commons-text', '1.9')}</dependencies>`) },
    before: [],
    package: ['maven', 'org.apache.commons:commons-text'],
    from: '1.9',
    to: '1.10.0',
    edit: (text, change) => text.replace(/<dependency>.*<\/dependency>/, change),
    after: ['mvn --quiet --batch-mode dependency:resolve'],
  },
  {
    name: 'apt, in a root of its own',
    needs: ['apt-get', 'dpkg-deb', 'dpkg-scanpackages'],
    files: {
      'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
      'apt.conf':
        'Dir "@";\nDPkg::Options { "--root=@"; "--force-not-root"; "--force-script-chrootless"; };\nAPT::Sandbox::User "root";\nAPT::Architectures { "all"; "amd64"; };\n',
      'etc/apt/sources.list': 'deb [trusted=yes] file:@/archive ./\n',
      'var/lib/dpkg/status': '',
    },
    before: [
      'mkdir -p etc/apt/apt.conf.d etc/apt/preferences.d var/lib/apt/lists/partial var/cache/apt/archives/partial var/lib/dpkg/updates var/lib/dpkg/info var/log/apt tmp archive',
      "for v in 1.0-1 1.0-2; do mkdir -p b/DEBIAN; printf 'Package: tried\\nVersion: %s\\nArchitecture: all\\nMaintainer: a <a@b.example>\\nDescription: tried\\n' $v > b/DEBIAN/control; dpkg-deb --build b archive/tried_$v.deb; done",
      'mv archive/tried_1.0-2.deb later.deb',
      '(cd archive && dpkg-scanpackages . > Packages)',
      'apt-get update && apt-get install --yes tried',
      'mv later.deb archive/tried_1.0-2.deb',
      '(cd archive && dpkg-scanpackages --multiversion . > Packages)',
    ],
    package: ['debian', 'tried'],
    from: '1.0-1',
    to: '1.0-2',
  },
  {
    ...RPM,
    name: 'dnf, in a root of its own',
    needs: ['dnf', 'rpmbuild', 'createrepo_c'],
    before: [...RPM.before, 'dnf install tried', ...RPM_LATER],
    package: ['almalinux', 'tried'],
    around:
      'dnf() { command dnf --installroot="$ROOT" --releasever=9 --setopt=reposdir="$ROOT/etc/yum.repos.d" --assumeyes "$@"; }',
  },
  {
    ...RPM,
    name: 'zypper, in a root of its own',
    needs: ['zypper', 'rpmbuild', 'createrepo_c'],
    files: { ...RPM.files, 'etc/os-release': 'ID="sles"\nVERSION_ID="15.5"\n' },
    before: [
      ...RPM.before,
      'zypper addrepo --no-gpgcheck --refresh "dir:$ROOT/archive" tried',
      'zypper install tried',
      ...RPM_LATER,
      'zypper refresh --force',
    ],
    package: ['suse', 'tried'],
    around: 'zypper() { command zypper --root "$ROOT" --non-interactive "$@"; }',
  },
];

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function run(line: string, cwd: string, root: string): void {
  const env = {
    ...process.env,
    APT_CONFIG: join(root, 'apt.conf'),
    ROOT: root,
    // Where rpm looks for the place of its database.
    ...(existsSync(join(root, '.rpmmacros')) ? { HOME: root } : {}),
    PATH: `${join(root, 'env/bin')}:${process.env.PATH}`,
  };
  try {
    execFileSync('sh', ['-c', line], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new Error(`${line}\n${stdout}\n${stderr}`);
  }
}

function inventoryOf(root: string, ecosystem: string): Promise<Inventory> {
  const { signal } = new AbortController();
  const collect = ecosystems[ecosystem as EcosystemId].family === 'os' ? collectHost : collectDirectory;
  return collect(openHostDirectory(root, { signal }), signal);
}

async function packageOf(root: string, trial: Trial): Promise<Package> {
  const [ecosystem, name] = trial.package;
  const { packages } = await inventoryOf(root, ecosystem);
  const found = packages.filter(
    (item) => item.ecosystem === ecosystem && item.name === name && (trial.path?.test(item.path) ?? true),
  );
  expect(found.map(({ path }) => path)).toHaveLength(1);
  return found[0] as Package;
}

function wayFor(pkg: Package, { to, way = 0 }: Trial): GuidanceWay {
  const { steps } = guidanceOf({
    kind: 'source',
    resourceName: 'tried',
    region: 'local',
    packages: [
      {
        ...pkg,
        fixedVersion: to,
        evidence: { matcher: '', advisory: '', searched: '', range: '', installed: pkg.version },
      },
    ],
    openFixes: [],
    references: [],
    network: null,
  });
  return steps[0]?.ways[way] as GuidanceWay;
}

describe.skipIf(!isAsked)('a command of guidance, tried', () => {
  for (const trial of TRIALS) {
    const missing = trial.needs.filter((program) => isAsked && !has(program));
    const name = missing.length === 0 ? trial.name : `${trial.name} (not installed: ${missing.join(', ')})`;
    it.skipIf(missing.length > 0)(
      name,
      async () => {
        const root = mkdtempSync(join(tmpdir(), 'harrier-tried-'));
        roots.push(root);
        for (const [path, text] of Object.entries(trial.files)) {
          mkdirSync(dirname(join(root, path)), { recursive: true });
          writeFileSync(join(root, path), text.replaceAll(/(?<=")@(?=["/])|(?<==)@|(?<=file:)@/g, root));
        }
        const around = trial.around === undefined ? '' : `${trial.around}\n`;
        for (const line of trial.before) run(around + line, root, root);
        const pkg = await packageOf(root, trial);
        expect(pkg.version.replace(/^v/, '')).toBe(trial.from);

        const { label, edit, command } = wayFor(pkg, trial);
        const folder = join(root, /(?:^|, )in (\S+)$/i.exec(label ?? '')?.[1] ?? '.');
        if (edit !== null) {
          const file = join(folder, edit.file);
          writeFileSync(file, trial.edit?.(readFileSync(file, 'utf8'), edit.text) ?? '');
        }
        if (command !== null) run(around + command, folder, root);
        for (const line of trial.after ?? []) run(line, root, root);

        const { version, ecosystem } = await packageOf(root, trial);
        const order = compareVersions(ecosystems[ecosystem].versions as VersionScheme, version, trial.to) ?? -1;
        expect(trial.orLater ? Math.min(0, order) : order, version).toBe(0);
      },
      LIMIT_MS,
    );
  }
});
