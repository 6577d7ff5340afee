import type { Diagnostic } from '../model/diagnostic.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Distro, Package } from '../model/package.ts';
import { parseDpkgStatus } from '../parsers/dpkg-status.ts';
import { javaArchive } from '../parsers/java-archive.ts';
import { readDistro } from '../parsers/os-release.ts';
import type { ParseResult } from '../parsers/parser.ts';
import { rpmDatabase } from '../parsers/rpm/rpm-database.ts';
import { rpmPackage } from '../parsers/rpm/rpm-package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { bounded, collect } from './collector.ts';
import { hostArchive } from './host-files-archives.ts';
import { HOST_PACKAGES_MAX, HOST_SECONDS } from './host-files-command.ts';
import { type HostRecords, readHostRecords } from './host-files-records.ts';

const DPKG_STATUS = 'var/lib/dpkg/status';

/**
 * The inventory of a host from the whole result of the command that ran there (`hostFilesCommand`). Its reduced files are collected as those
 * of a machine are, so that the same rules decide what counts. What no host would write is a failed inventory.
 */
export async function collectSsmCommand(base64: string, signal: AbortSignal): Promise<Inventory> {
  const records = readHostRecords(base64);
  if (typeof records === 'string') {
    return {
      distro: null,
      packages: [],
      outcome: 'failed',
      diagnostics: [{ level: 'error', path: null, message: records }],
      reason: 'INTERNAL_ERROR',
    };
  }
  const tree = treeOf(records);
  const distro = (await readDistro(tree))?.distro ?? null;
  const known = (path: string, parser: { readonly id: string }): ParseResult | undefined => {
    if (parser.id === rpmDatabase.id) return rpmResult(records, path, distro);
    const archive = parser.id === javaArchive.id ? records.archives.get(path) : undefined;
    return archive === undefined ? undefined : hostArchive(path, archive);
  };
  const inventory = await collect(tree, { expectsSystem: true, known }, signal);
  return withLimits(inventory, records);
}

/** The reduced files, and the names of those that the command read itself. */
function treeOf(records: HostRecords): FileTree {
  const files = new Map([...records.files, ...dpkgList(records)]);
  const others = records.rpmPath === null ? [] : [records.rpmPath];
  const listed = new Set([...records.files.keys(), ...records.archives.keys(), ...others]);
  return {
    async *list() {
      for (const path of listed) {
        yield { path, size: files.get(path)?.length ?? 0, isExecutable: false };
      }
    },
    async read(path, range) {
      const text = files.get(path);
      return text === undefined ? null : new TextEncoder().encode(text).subarray(range?.start ?? 0, range?.end);
    },
    problems: () => records.problems,
  };
}

/** The lists of all packages of dpkg, as far as they name language packages, as the list of the first. */
function dpkgList({ files, owned, notes }: HostRecords): readonly (readonly [string, string])[] {
  const status = files.get(DPKG_STATUS);
  if (status === undefined || !notes.has('lists dpkg')) return [];
  const [first] = parseDpkgStatus(status, DPKG_STATUS, null).packages;
  const lines = owned.filter(({ by }) => by === 'dpkg').map(({ path }) => `/${path}\n`);
  return first === undefined ? [] : [[`var/lib/dpkg/info/${first.name}.list`, lines.join('')]];
}

/** What rpm answered, as the reader of its database would have it. */
function rpmResult({ rpm, owned, notes }: HostRecords, path: string, distro: Distro | null): ParseResult {
  const installed = rpm.filter(([name]) => name !== 'gpg-pubkey');
  const packages = installed.flatMap((fields) => toRpmPackage(fields, path, distro) ?? []);
  const own = commonest(installed.map(([, , , , , , vendor = '']) => vendor));
  const skipped = installed.length - packages.length;
  const diagnostics = [
    ...(notes.has('missing rpm')
      ? [warning(path, 'The program rpm is not installed: nothing read its database.')]
      : []),
    ...(notes.has('missing rpm-answer') ? [warning(path, 'The program rpm could not read its database in full.')] : []),
    ...(skipped === 0 ? [] : [warning(path, `${skipped} packages of rpm have no readable name or version.`)]),
  ];
  return {
    packages,
    diagnostics,
    complete: diagnostics.length === 0,
    owned: owned.filter(({ by, vendor }) => by === 'rpm' && vendor === own).map((one) => one.path),
  };
}

function toRpmPackage(fields: readonly string[], path: string, distro: Distro | null): Package | null {
  const [name = '', epoch = '', version = '', release = '', architecture = '', source = '', , module] = fields;
  if (module === undefined || version === '' || release === '' || fields.length !== 8) return null;
  return rpmPackage(
    {
      name,
      epoch: /^[0-9]{1,10}$/.test(epoch) ? Number(epoch) : 0,
      versionRelease: `${version}-${release}`,
      architecture: stated(architecture),
      sourceRpm: stated(source),
      modularityLabel: stated(module),
    },
    path,
    distro,
  );
}

/** What rpm writes where a package has no such field. */
function stated(value: string): string | null {
  return value === '' || value === '(none)' ? null : value;
}

/** Who made most of the packages: the distribution. Its advisories speak of no package of anybody else. */
function commonest(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Says what the command left out, and why. */
function withLimits(inventory: Inventory, { notes, archives }: HostRecords): Inventory {
  const isLate = notes.has('limit time');
  const isCut = notes.has('limit packages');
  const minutes = HOST_SECONDS.search / 60;
  const byName = [...archives.values()].filter((parts) => parts.some(({ how }) => how === 'name')).length;
  const grave = [
    ...(isLate
      ? [warning(null, `The search for language packages was ended after ${minutes} minutes: they are unknown.`)]
      : []),
    ...(isCut
      ? [warning(null, `It has more than ${HOST_PACKAGES_MAX} language packages; those after the first were left out.`)]
      : []),
    ...(notes.has('missing find')
      ? [warning(null, 'The program find is not installed: language packages are unknown.')]
      : []),
  ];
  const names = `${byName} Java archives were read by their names only, because unzip is not installed.`;
  const said: readonly Diagnostic[] = [
    ...grave,
    ...(byName === 0 ? [] : [{ level: 'info', path: null, message: names } as const]),
  ];
  return {
    ...inventory,
    narrowWay: 'ssm-command',
    outcome: grave.length > 0 ? 'partial' : inventory.outcome,
    diagnostics: bounded([...said, ...inventory.diagnostics]),
    ...(isCut ? { reason: 'DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED' } : {}),
    ...(isLate ? { reason: 'DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED' } : {}),
  };
}

function warning(path: string | null, message: string): Diagnostic {
  return { level: 'warning', path, message };
}
