import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Listed, listedByPurl } from './listed.ts';

export type TrivyTarget = 'rootfs' | 'fs' | 'image';

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly purl?: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

interface Document {
  readonly components?: readonly Component[];
  readonly dependencies?: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const OUTPUT_BYTES_MAX = 500_000_000;

/** Trivy, from the path or from `TRIVY`; null where it is not there or does not run. */
export function trivyProgram(): string | null {
  const program = process.env.TRIVY ?? 'trivy';
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' });
    return program;
  } catch {
    // Not installed: the report says so.
    return null;
  }
}

/** Packages that trivy lists, without its databases and without asking anybody. */
export function trivyLists(
  program: string,
  target: TrivyTarget,
  path: string,
  area: string,
  skipped: readonly string[] = [],
): readonly Listed[] {
  const output = join(area, 'trivy.json');
  execFileSync(
    program,
    [
      target,
      '--quiet',
      '--cache-dir',
      javaDatabase(area),
      '--skip-java-db-update',
      '--offline-scan',
      ...['--format', 'cyclonedx', '--output', output],
      ...skipped.flatMap((folder) => ['--skip-dirs', folder]),
      ...(target === 'image' ? ['--input', path] : [path]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: OUTPUT_BYTES_MAX },
  );
  return packagesOf(JSON.parse(readFileSync(output, 'utf8')) as Document);
}

/** It names the file of a package in a property, or hangs the package under the component of its lock file. */
function packagesOf({ components = [], dependencies = [] }: Document): readonly Listed[] {
  const files = components.filter(({ type }) => type === 'application');
  const needs = new Map(dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const parents = new Map<string, string[]>();
  for (const file of files) {
    const below = new Set(needs.get(file['bom-ref']) ?? []);
    // A set goes on while it grows.
    for (const child of below) {
      parents.set(child, [...(parents.get(child) ?? []), file.name]);
      for (const next of needs.get(child) ?? []) {
        below.add(next);
      }
    }
  }
  return components.flatMap((component) => {
    const { purl } = component;
    if (purl === undefined) {
      return [];
    }
    const file = component.properties?.find(({ name }) => name === 'aquasecurity:trivy:FilePath')?.value;
    const paths = file === undefined ? (parents.get(component['bom-ref']) ?? ['']) : [file];
    return paths.map((path) => listedByPurl(purl, path));
  });
}

/** Its reader of Java archives refuses to work without a database of checksums; an empty one satisfies it. */
function javaDatabase(area: string): string {
  const cache = join(area, 'trivy-cache');
  const folder = join(cache, 'java-db');
  if (mkdirSync(folder, { recursive: true }) !== undefined) {
    const database = new DatabaseSync(join(folder, 'trivy-java.db'));
    database.exec('CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT)');
    database.exec('CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT)');
    database.close();
    const ever = '2099-01-01T00:00:00Z';
    const metadata = { Version: 1, NextUpdate: ever, UpdatedAt: ever, DownloadedAt: ever };
    writeFileSync(join(folder, 'metadata.json'), JSON.stringify(metadata));
  }
  return cache;
}
