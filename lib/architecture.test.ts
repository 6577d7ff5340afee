import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['app', 'components', 'e2e', 'lib', 'prisma', 'scripts', 'bench'];

/** Stages of the core in the order in which data passes them; a stage may import those before it. */
const STAGES = [
  'versions',
  'parsers',
  'ecosystems',
  'inventory',
  'advisories',
  'scan',
  'risk',
  'remediation',
  'findings',
  'coverage',
  'cost',
  'exchange',
  'mail',
];
const CORE_BUILT_INS = ['node:crypto', 'node:zlib', 'node:path/posix', 'node:path'];
const FRAMEWORKS = ['next', 'react', 'react-dom', 'server-only'];

interface Zone {
  readonly name: string;
  /** The longest match wins, so that a file of a folder may have rules of its own. */
  readonly path: string;
  /** Prefixes of our own files that it may import, besides its own folder. */
  readonly own: readonly string[];
  /** Packages that it must not import. */
  readonly notPackages: readonly string[];
}

const WALLS = ['lib/store/', 'lib/aws/', 'lib/feeds/', 'lib/filesystem/', 'lib/images/', 'lib/mail/'];
const SHOWN_CORE = ['lib/core/model/', 'lib/core/risk/', 'lib/core/findings/', 'lib/core/coverage/', 'lib/core/cost/'];

const ZONES: readonly Zone[] = [
  { name: 'model', path: 'lib/core/model/', own: [], notPackages: ['*'] },
  { name: 'ports', path: 'lib/core/ports/', own: ['lib/core/model/'], notPackages: ['*'] },
  ...STAGES.map((stage, place) => ({
    name: stage,
    path: `lib/core/${stage}/`,
    own: ['lib/core/model/', 'lib/core/ports/', ...STAGES.slice(0, place).map((before) => `lib/core/${before}/`)],
    notPackages: [...FRAMEWORKS, '@prisma/client', 'pg', 'pg-boss', 'pino', 'yauzl'],
  })),
  {
    name: 'operations',
    path: 'lib/operations/',
    own: ['lib/core/', 'lib/jobs/contracts.ts'],
    notPackages: [...FRAMEWORKS, 'pg', 'pg-boss', '@prisma/client', 'node:fs', 'node:net'],
  },
  { name: 'job contracts', path: 'lib/jobs/contracts.ts', own: ['lib/core/'], notPackages: ['*'] },
  {
    name: 'job handlers',
    path: 'lib/jobs/handlers/',
    own: ['lib/core/', 'lib/operations/', 'lib/jobs/contracts.ts', 'lib/sample/'],
    notPackages: [...FRAMEWORKS, 'pg', 'pg-boss', '@prisma/client', 'node:fs'],
  },
  { name: 'sample', path: 'lib/sample/', own: ['lib/core/'], notPackages: [...FRAMEWORKS, 'pg', 'node:fs'] },
  { name: 'worker', path: 'lib/jobs/', own: ['lib/'], notPackages: FRAMEWORKS },
  { name: 'store', path: 'lib/store/', own: ['lib/core/', 'lib/jobs/contracts.ts'], notPackages: FRAMEWORKS },
  { name: 'http', path: 'lib/http/', own: [], notPackages: [...FRAMEWORKS, 'pg', 'node:fs'] },
  { name: 'feeds', path: 'lib/feeds/', own: ['lib/core/', 'lib/http/'], notPackages: [...FRAMEWORKS, 'pg'] },
  { name: 'aws', path: 'lib/aws/', own: ['lib/core/', 'lib/http/'], notPackages: [...FRAMEWORKS, 'pg'] },
  { name: 'images', path: 'lib/images/', own: ['lib/core/', 'lib/http/'], notPackages: [...FRAMEWORKS, 'pg'] },
  { name: 'mail', path: 'lib/mail/', own: ['lib/core/'], notPackages: [...FRAMEWORKS, 'pg', 'node:fs'] },
  { name: 'filesystem', path: 'lib/filesystem/', own: ['lib/core/'], notPackages: [...FRAMEWORKS, 'pg'] },
  {
    name: 'auth',
    path: 'lib/auth/',
    own: [
      'lib/core/model/',
      'lib/core/ports/',
      'lib/operations/',
      'lib/wiring/for-next.ts',
      'lib/wiring/environment.ts',
    ],
    notPackages: ['pg', 'pg-boss', '@prisma/client'],
  },
  { name: 'wiring', path: 'lib/wiring/', own: ['lib/'], notPackages: ['react', 'react-dom', 'next'] },
  { name: 'command line', path: 'lib/cli', own: ['lib/'], notPackages: FRAMEWORKS },
  { name: 'testing', path: 'lib/testing/', own: ['lib/'], notPackages: FRAMEWORKS },
  {
    name: 'components',
    path: 'components/',
    own: SHOWN_CORE.concat('lib/auth/action-result.ts'),
    notPackages: ['pg', 'pg-boss', '@prisma/client', 'pino'],
  },
  {
    name: 'app',
    path: 'app/',
    own: ['components/', 'lib/operations/', 'lib/auth/', 'lib/api/', 'lib/wiring/for-next.ts', ...SHOWN_CORE],
    notPackages: ['pg', 'pg-boss', '@prisma/client'],
  },
  { name: 'e2e', path: 'e2e/', own: ['lib/testing/', 'prisma/seed/'], notPackages: ['pg', 'react', 'next'] },
  { name: 'scripts', path: 'scripts/', own: ['lib/', 'bench/'], notPackages: FRAMEWORKS },
  // The one place outside of the build that starts Next.js.
  { name: 'web server', path: 'scripts/web.ts', own: ['scripts/'], notPackages: ['react', 'pg'] },
  { name: 'bench', path: 'bench/', own: ['lib/', 'scripts/'], notPackages: FRAMEWORKS },
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isOwn: boolean;
}

const files = SOURCES.flatMap((folder) => filesBelow(join(ROOT, folder))).filter(
  (path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('lib/store/generated/'),
);
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\/testing\//.test(path);
const imports = files.flatMap(importsOf);

describe('the import rules', () => {
  it('find files to judge in every zone', () => {
    expect(files.length).toBeGreaterThan(200);
    expect(imports.length).toBeGreaterThan(1000);
    for (const zone of ['model', 'scan', 'operations', 'store', 'app', 'components']) {
      expect(
        files.some((path) => zoneOf(path)?.name === zone),
        zone,
      ).toBe(true);
    }
  });

  it('every source file belongs to a zone', () => {
    expect(files.filter((path) => zoneOf(path) === undefined && !isTest(path))).toEqual([]);
  });

  it('each zone imports what it may', () => {
    const broken = imports
      .filter(({ from, to, isOwn }) => isOwn && !isTest(from) && !mayImport(from, to))
      .map(({ from, to }) => `${from} → ${to}`);

    expect(broken).toEqual([]);
  });

  it('each zone keeps away from the packages of others', () => {
    const broken = imports
      .filter(({ from, to, isOwn }) => !isOwn && !isTest(from) && !mayUse(from, to))
      .map(({ from, to }) => `${from} → ${to}`);

    expect(broken).toEqual([]);
  });

  it('nothing but tests, journeys and benchmarks imports what is for tests', () => {
    const broken = imports
      .filter(
        ({ from, to, isOwn }) =>
          isOwn && !isTest(from) && !/^(e2e\/|bench\/|scripts\/fuzz\.ts)/.test(from) && isTest(to),
      )
      .map(({ from, to }) => `${from} → ${to}`);

    expect(broken).toEqual([]);
  });

  it('the walls do not know each other', () => {
    const wallOf = (path: string): string | undefined => WALLS.find((wall) => path.startsWith(wall));
    const broken = imports
      .filter(
        ({ from, to, isOwn }) => isOwn && !isTest(from) && wallOf(from) && wallOf(to) && wallOf(from) !== wallOf(to),
      )
      .map(({ from, to }) => `${from} → ${to}`);

    expect(broken).toEqual([]);
  });

  it('inside lib imports are relative and name the file with its ending', () => {
    const broken = files
      .filter((path) => path.startsWith('lib/'))
      .flatMap((path) => specifiersOf(path).map((specifier) => ({ path, specifier })))
      .filter(
        ({ specifier }) =>
          specifier.startsWith('@/') || (specifier.startsWith('.') && !/\.(ts|tsx|mjs|js|json)$/.test(specifier)),
      )
      .map(({ path, specifier }) => `${path} → ${specifier}`);

    expect(broken).toEqual([]);
  });

  it('the way from pages to the walls is marked as for the server alone', () => {
    for (const path of ['lib/wiring/for-next.ts', 'lib/auth/current-caller.ts', 'lib/auth/guard-action.ts']) {
      expect(readFileSync(join(ROOT, path), 'utf8'), path).toMatch(/^import 'server-only';/);
    }
  });

  it('no source file stands at the root', () => {
    const settings = /^(next\.config\.js|next-env\.d\.ts|postcss\.config\.js|[a-z]+\.config\.ts)$/;
    const stray = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|js|mjs)$/.test(entry.name) && !settings.test(entry.name))
      .map((entry) => entry.name);

    expect(stray).toEqual([]);
  });
});

function mayImport(from: string, to: string): boolean {
  const zone = zoneOf(from);
  return zone !== undefined && (to.startsWith(zone.path) || zone.own.some((prefix) => to.startsWith(prefix)));
}

function mayUse(from: string, specifier: string): boolean {
  const zone = zoneOf(from);
  if (zone === undefined) return false;
  if (zone.notPackages.includes('*')) return false;
  const isCore = from.startsWith('lib/core/');
  if (isCore && specifier.startsWith('node:')) return CORE_BUILT_INS.includes(specifier);
  return !zone.notPackages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function zoneOf(path: string): Zone | undefined {
  return ZONES.filter((zone) => path.startsWith(zone.path)).sort((a, b) => b.path.length - a.path.length)[0];
}

function importsOf(from: string): readonly Import[] {
  return specifiersOf(from).map((specifier) => {
    if (specifier.startsWith('@/')) return { from, to: specifier.slice(2), isOwn: true };
    if (specifier.startsWith('.')) return { from, to: posix.join(dirname(from), specifier), isOwn: true };
    return { from, to: specifier, isOwn: false };
  });
}

function specifiersOf(path: string): readonly string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s(?:[^'"();]*?\sfrom\s)?['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [...statements, ...calls].flatMap(([, specifier]) => specifier ?? []);
}

function filesBelow(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch {
    // A folder that has no first file yet.
    return [];
  }
}
