import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluateAffected } from '../lib/core/advisories/range.ts';
import { ecosystemOfOsv } from '../lib/core/ecosystems/registry.ts';
import type { AffectedVersions } from '../lib/core/model/advisory.ts';
import { ecosystemOfKey } from '../lib/core/model/ids.ts';
import type { Inventory } from '../lib/core/model/inventory.ts';
import type { Package } from '../lib/core/model/package.ts';
import type { AdvisoryIndex } from '../lib/core/ports/advisory-index.ts';
import { matchPackages } from '../lib/core/scan/package/match.ts';
import { matchQuery } from '../lib/core/scan/package/query.ts';
import type { VersionScheme } from '../lib/core/versions/scheme.ts';
import { openAdvisoryIndex } from '../lib/feeds/advisory-index/open-advisory-index.ts';
import { isAffected } from '../lib/testing/osv-evaluation.ts';
import { createRandom, pick } from '../lib/testing/random.ts';
import { type Benchmark, type BenchmarkRow, inTurn, milliseconds } from './benchmark.ts';
import { SEED } from './generated-estate.ts';
import { npmPackage } from './npm-package.ts';
import { osvScanner, osvScannerVersion } from './osv-scanner.ts';
import { keysOfIndex } from './packs.ts';
import { largestMirror, type Mirror, syncMirror } from './synced-index.ts';

const HOSTS = 1_000;
const PACKAGES_EACH = 300;
const DISTINCT = 3_000;
const LOCK_FILES = 100;
type Decide = (entry: AffectedVersions, version: string, scheme: VersionScheme) => unknown;

const CLI = fileURLToPath(new URL('../bin/harrier.js', import.meta.url));

/** Deciding about packages: entry by entry, host by host, and lock files beside osv-scanner where it is installed. */
export const matching: Benchmark = {
  name: 'matching',
  async measure({ directory }) {
    const mirror = largestMirror(directory);
    const data = join(directory, 'data');
    await syncMirror(mirror, data);
    const names = keysOfIndex(data)
      .filter((key) => key.startsWith('npm/'))
      .map((key) => key.slice(4));
    return [
      ...(await everyEntry(data, mirror.what)),
      ...(await manyHosts(data, names)),
      ...(await lockFiles(directory, data, mirror, names)),
    ];
  },
};

async function everyEntry(data: string, what: string): Promise<readonly BenchmarkRow[]> {
  const keys = keysOfIndex(data).filter((key) => ecosystemOfOsv(ecosystemOfKey(key)) !== null);
  let entries = 0;
  const pass = (index: AdvisoryIndex, decide: Decide): void => {
    entries = 0;
    for (const [key, list] of index.find(keys)) {
      const scheme = ecosystemOfOsv(ecosystemOfKey(key))?.versions;
      for (const { affected } of scheme === undefined ? [] : list) {
        for (const entry of affected) {
          decide(entry, '1.2.3', scheme as VersionScheme);
          entries += 1;
        }
      }
    }
  };
  const opened: AdvisoryIndex[] = [];
  const fresh = (): AdvisoryIndex => {
    const index = openAdvisoryIndex(data);
    opened.push(index);
    return index;
  };
  try {
    const first = await milliseconds(() => pass(fresh(), evaluateAffected));
    const newly = await inTurn(
      3,
      () => pass(fresh(), evaluateAffected),
      () => pass(fresh(), isAffected),
    );
    const [held = fresh()] = opened;
    const later = await inTurn(
      5,
      () => pass(held, evaluateAffected),
      () => pass(held, isAffected),
    );
    const size = `${entries.toLocaleString('en')} entries, ${what}`;
    const peer = 'the schema’s evaluation, nothing prepared';
    const rate = (total: number | null): number => entries / ((total ?? Number.NaN) / 1000);
    const row = (name: string, ours: number, peerFigure: number | null): BenchmarkRow => ({
      name,
      size,
      figure: rate(ours),
      unit: 'matches/s',
      peer: peerFigure === null ? null : peer,
      peerFigure: peerFigure === null ? null : rate(peerFigure),
    });
    return [
      row('matching, first of a process', first, null),
      row('matching, index just opened', newly.ours, newly.peer),
      row('matching, later', later.ours, later.peer),
    ];
  } finally {
    for (const index of opened) index.close();
  }
}

async function manyHosts(data: string, names: readonly string[]): Promise<readonly BenchmarkRow[]> {
  const random = createRandom(SEED);
  const pool = Array.from({ length: DISTINCT }, (_, n) =>
    packageOf(random() < 0.3 ? pick(random, names) : `private-${n}`, random),
  );
  const hosts = Array.from(
    { length: HOSTS },
    (): Inventory => ({
      distro: null,
      packages: Array.from({ length: PACKAGES_EACH }, () => pick(random, pool)),
      outcome: 'complete',
      diagnostics: [],
    }),
  );
  // An index keeps what it prepared, so each run opens its own.
  const onFreshIndex = (decide: (host: Inventory, index: AdvisoryIndex) => unknown) => () => {
    const index = openAdvisoryIndex(data);
    try {
      for (const host of hosts) decide(host, index);
    } finally {
      index.close();
    }
  };
  const { ours, peer } = await inTurn(3, onFreshIndex(matchPackages), onFreshIndex(askEach));
  return [
    {
      name: 'matching, hosts',
      size: `${HOSTS.toLocaleString('en')} hosts of ${PACKAGES_EACH} packages, ${DISTINCT.toLocaleString('en')} distinct, seed ${SEED}`,
      figure: ours,
      unit: 'ms',
      peer: 'each package asked for by itself',
      peerFigure: peer,
    },
  ];
}

function askEach({ packages }: Inventory, index: AdvisoryIndex): void {
  for (const { name, version } of packages) {
    matchQuery({ ecosystem: 'npm', name, version }, index);
  }
}

function packageOf(name: string, random: () => number): Package {
  const version = `${Math.floor(random() * 5)}.${Math.floor(random() * 20)}.${Math.floor(random() * 10)}`;
  return npmPackage(name, version);
}

/**
 * Beside the scanner of the OSV project on the same zips. It is a new process each time and reads the lock files; a new process
 * of ours is given what they name as package URLs.
 */
async function lockFiles(
  directory: string,
  data: string,
  mirror: Mirror,
  names: readonly string[],
): Promise<readonly BenchmarkRow[]> {
  const isInstalled = osvScannerVersion() !== null;
  const folder = join(directory, 'locks');
  const files = writeLockFiles(folder, names);
  const database = join(directory, 'osv');
  mkdirSync(join(database, 'osv-scanner'), { recursive: true });
  symlinkSync(join(mirror.directory, 'osv', 'npm'), join(database, 'osv-scanner', 'npm'));
  const scan = (targets: readonly string[]): void => {
    const locks = targets.flatMap((file) => ['--lockfile', file]);
    const args = [
      'scan',
      'source',
      '--offline-vulnerabilities',
      '--local-db-path',
      database,
      '--format',
      'json',
      ...locks,
    ];
    try {
      execFileSync(osvScanner(), args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 30 });
    } catch (error) {
      // It exits with 1 when it finds something, which it does here.
      if ((error as { status?: number }).status !== 1) throw error;
    }
  };
  const theirs = (targets: readonly string[]) => (isInstalled ? () => scan(targets) : null);
  const index = openAdvisoryIndex(data);
  const ours = (): void => {
    for (const file of files) matchPackages(readLock(file), index);
  };
  const one = files[0] ?? '';
  const linesOf = (targets: readonly string[]): string =>
    targets.flatMap((file) => readLock(file).packages.map(({ purl }) => JSON.stringify({ purl }))).join('\n');
  const cold = (input: string): void => {
    execFileSync(process.execPath, [CLI, 'match'], {
      input,
      env: { ...process.env, HARRIER_DATA: data },
      maxBuffer: 1 << 30,
    });
  };
  const lines = linesOf([one]);
  const allLines = linesOf(files);
  try {
    const many = await inTurn(2, ours, theirs(files));
    const single = await inTurn(5, () => cold(lines), theirs([one]));
    const together = await inTurn(2, () => cold(allLines), theirs(files));
    const peer = many.peer === null ? null : 'osv-scanner, offline, same zips';
    return [
      {
        name: 'lock files, second scan',
        size: `${LOCK_FILES} lock files of ${PACKAGES_EACH} packages, seed ${SEED}`,
        figure: many.ours,
        unit: 'ms',
        peer,
        peerFigure: many.peer,
      },
      {
        name: 'lock files, new process',
        size: `${LOCK_FILES} lock files of ${PACKAGES_EACH} packages, seed ${SEED}`,
        figure: together.ours,
        unit: 'ms',
        peer,
        peerFigure: together.peer,
      },
      {
        name: 'one lock file, new process',
        size: `${PACKAGES_EACH} packages, seed ${SEED}`,
        figure: single.ours,
        unit: 'ms',
        peer,
        peerFigure: single.peer,
      },
    ];
  } finally {
    index.close();
  }
}

function writeLockFiles(folder: string, names: readonly string[]): readonly string[] {
  const random = createRandom(SEED);
  return Array.from({ length: LOCK_FILES }, (_, n) => {
    const packages: Record<string, object> = { '': { name: `app-${n}`, version: '1.0.0' } };
    while (Object.keys(packages).length <= PACKAGES_EACH) {
      const { name, version } = packageOf(
        random() < 0.3 ? pick(random, names) : `private-${Math.floor(random() * 1e6)}`,
        random,
      );
      packages[`node_modules/${name}`] = { version, resolved: `https://registry.npmjs.org/${name}/-/${version}.tgz` };
    }
    mkdirSync(join(folder, String(n)), { recursive: true });
    const file = join(folder, String(n), 'package-lock.json');
    writeFileSync(file, JSON.stringify({ name: `app-${n}`, version: '1.0.0', lockfileVersion: 3, packages }));
    return file;
  });
}

function readLock(file: string): Inventory {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, { version: string }> };
  const list = Object.entries(packages).flatMap(([path, { version }]) =>
    path === '' ? [] : [npmPackage(path.slice('node_modules/'.length), version)],
  );
  return { distro: null, packages: list, outcome: 'complete', diagnostics: [] };
}
