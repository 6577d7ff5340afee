import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ecosystemOfOsv } from '../lib/core/ecosystems/registry.ts';
import type { PackageKey } from '../lib/core/model/ids.ts';
import type { AdvisoryIndex } from '../lib/core/ports/advisory-index.ts';
import { matchQuery } from '../lib/core/scan/package/query.ts';
import { boundaryVersions } from '../lib/testing/boundary-versions.ts';
import { createRandom, pick } from '../lib/testing/random.ts';
import { keysOfIndex } from './packs.ts';

const SEED = 20_261_124;

interface Installed {
  readonly name: string;
  readonly version: string;
}

interface LockFile {
  readonly ecosystem: string;
  readonly file: string;
  /** Versions that the file's format can hold. */
  readonly accepts: RegExp;
  readonly write: (packages: readonly Installed[]) => string;
}

const SEMVER = /^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?$/;
const FILES: readonly LockFile[] = [
  {
    ecosystem: 'npm',
    file: 'package-lock.json',
    accepts: SEMVER,
    write: (packages) => {
      const entries = packages.map(({ name, version }) => [`node_modules/${name}`, { version }] as const);
      const all = { '': { name: 'app', version: '1.0.0' }, ...Object.fromEntries(entries) };
      return JSON.stringify({ name: 'app', version: '1.0.0', lockfileVersion: 3, packages: all });
    },
  },
  {
    ecosystem: 'PyPI',
    file: 'requirements.txt',
    accepts: /^[0-9]+(?:\.[0-9]+)+(?:(?:a|b|rc)[0-9]+)?$/,
    write: (packages) => packages.map(({ name, version }) => `${name}==${version}\n`).join(''),
  },
  {
    ecosystem: 'crates.io',
    file: 'Cargo.lock',
    accepts: SEMVER,
    write: (packages) =>
      `version = 3\n\n${packages.map(({ name, version }) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`).join('\n')}`,
  },
  {
    ecosystem: 'Packagist',
    file: 'composer.lock',
    accepts: /^v?[0-9]+(?:\.[0-9]+)+$/,
    write: (packages) => JSON.stringify({ packages, 'packages-dev': [] }),
  },
];

export interface Comparison {
  readonly ecosystem: string;
  readonly packages: number;
  readonly same: number;
  /** Each difference in words. */
  readonly different: readonly string[];
}

/** The version of osv-scanner that can be run; null where there is none. `OSV_SCANNER` names it where it is not on the path. */
export function osvScannerVersion(): string | null {
  try {
    const text = execFileSync(program(), ['--version'], { encoding: 'utf8' });
    return /version:?\s*(\S+)/.exec(text)?.[1] ?? 'of unknown version';
  } catch {
    // Not installed: the report leaves the comparison out and says so.
    return null;
  }
}

/** Asks both about one boundary version of every package that the format can hold. */
export function besideOsvScanner(
  mirror: string,
  dataDirectory: string,
  index: AdvisoryIndex,
  area: string,
): readonly Comparison[] {
  const keys = keysOfIndex(dataDirectory);
  return FILES.map((lock) => {
    const packages = chosenPackages(lock, keys, index);
    const theirs = askOsvScanner(lock, packages, mirror, join(area, lock.file.replace('.', '-')));
    const different = packages.flatMap(({ name, version }) => {
      const answer = matchQuery({ ecosystem: lock.ecosystem, name, version }, index);
      const ours = 'ids' in answer ? answer.ids.join(' ') : `undecidable (${answer.undecidable})`;
      const other = theirs.get(`${normalized(lock.ecosystem, name)} ${version}`) ?? '';
      return ours === other ? [] : [`${name} ${version}: ours ${ours || 'none'}, theirs ${other || 'none'}`];
    });
    return {
      ecosystem: lock.ecosystem,
      packages: packages.length,
      same: packages.length - different.length,
      different,
    };
  });
}

function chosenPackages(
  { ecosystem, accepts }: LockFile,
  keys: readonly PackageKey[],
  index: AdvisoryIndex,
): readonly Installed[] {
  const random = createRandom(SEED);
  const scheme = ecosystemOfOsv(ecosystem)?.versions;
  return (
    keys
      // Crates are indexed under one spelling of hyphen and underscore, and osv-scanner wants that of the record.
      .filter((key) => key.startsWith(`${ecosystem}/`) && !(ecosystem === 'crates.io' && key.includes('-')))
      .flatMap((key) => {
        const entries = index.find([key]).get(key) ?? [];
        const versions = entries
          .flatMap(({ affected }) =>
            affected.flatMap((entry) => boundaryVersions(rawOf(entry), scheme?.id ?? 'semver')),
          )
          .filter((version) => accepts.test(version));
        return versions.length === 0
          ? []
          : [{ name: key.slice(ecosystem.length + 1), version: pick(random, versions) }];
      })
  );
}

function rawOf({ ranges, versions }: ReturnType<AdvisoryIndex['statements']>[number]['affected'][number]) {
  const raw = ranges.map(({ type, events }) => ({
    type,
    events: events.map(({ introduced, fixed, lastAffected }) => ({
      ...(introduced === undefined ? {} : { introduced }),
      ...(fixed === undefined ? {} : { fixed }),
      ...(lastAffected === undefined ? {} : { last_affected: lastAffected }),
    })),
  }));
  return { ranges: raw, versions };
}

function askOsvScanner(
  lock: LockFile,
  packages: readonly Installed[],
  mirror: string,
  area: string,
): ReadonlyMap<string, string> {
  const database = join(area, 'osv-scanner');
  mkdirSync(database, { recursive: true });
  symlinkSync(join(mirror, 'osv', lock.ecosystem), join(database, lock.ecosystem));
  const file = join(area, lock.file);
  writeFileSync(file, lock.write(packages));
  const args = [
    'scan',
    'source',
    '--offline-vulnerabilities',
    '--no-resolve',
    '--local-db-path',
    area,
    '--format',
    'json',
    '--lockfile',
    file,
  ];
  const { results } = JSON.parse(run(args)) as {
    readonly results: readonly {
      readonly packages: readonly {
        readonly package: Installed;
        readonly vulnerabilities: readonly { readonly id: string }[];
      }[];
    }[];
  };
  return new Map(
    results.flatMap((result) =>
      result.packages.map(({ package: one, vulnerabilities }) => [
        `${normalized(lock.ecosystem, one.name)} ${one.version}`,
        vulnerabilities
          .map(({ id }) => id)
          .sort()
          .join(' '),
      ]),
    ),
  );
}

function normalized(ecosystem: string, name: string): string {
  return ecosystemOfOsv(ecosystem)?.normalizeName(name) ?? name;
}

function run(args: readonly string[]): string {
  try {
    return execFileSync(program(), [...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    // It exits with 1 when it finds something.
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status !== 1 || stdout === undefined) throw error;
    return stdout;
  }
}

function program(): string {
  return process.env.OSV_SCANNER ?? 'osv-scanner';
}
