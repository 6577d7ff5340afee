import type { Diagnostic } from '../model/diagnostic.ts';
import type { EcosystemId, Package, PackageManager } from '../model/package.ts';
import { type LanguagePackage, languagePackage } from './language-package.ts';
import { excerpt } from './parse-result.ts';
import type { ParseResult } from './parser.ts';

/** What all packages of a file have in common. */
export interface ListedIn {
  readonly path: string;
  readonly ecosystem: EcosystemId;
  readonly packageManager: PackageManager;
}

/** What one entry adds; it may also differ from the file's own ecosystem. */
export type ListedPackage = Pick<LanguagePackage, 'name' | 'version'> & Partial<Omit<LanguagePackage, 'path'>>;

/** Gathers the entries of one file: packages, entries that were left out on purpose, and those that nobody can read. */
export interface PackageList {
  add(entry: ListedPackage): void;
  /** Not a package that an advisory could speak of; the reason follows "were left out: ". */
  leaveOut(reason: string): void;
  /** Packages may be missing from here on. */
  malformed(text: string): void;
  result(): ParseResult;
}

const PACKAGES_MAX = 200_000;

/** A list of at most 200,000 packages, each once. */
export function packageList(listed: ListedIn): PackageList {
  const packages = new Map<string, Package>();
  const reasons = new Map<string, number>();
  const broken = { count: 0, first: '', overflow: false };
  const malformed = (text: string): void => {
    broken.first = broken.count === 0 ? excerpt(text) : broken.first;
    broken.count += 1;
  };
  return {
    add(entry) {
      if (packages.size >= PACKAGES_MAX) {
        broken.overflow = true;
        return;
      }
      const pkg = languagePackage({ ...listed, ...entry });
      if (pkg === null) {
        malformed(`${entry.name} ${entry.version}`);
      } else if (!packages.has(pkg.purl)) {
        packages.set(pkg.purl, pkg);
      }
    },
    leaveOut: (reason) => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1),
    malformed,
    result() {
      const level = 'info';
      const diagnostics: Diagnostic[] = [...reasons].map(([reason, count]) => ({
        level,
        path: listed.path,
        message: `${count} ${count === 1 ? 'entry was' : 'entries were'} left out: ${reason}.`,
      }));
      for (const message of problemsOf(broken)) {
        diagnostics.push({ level: 'warning', path: listed.path, message });
      }
      if (packages.size === 0 && diagnostics.length === 0) {
        diagnostics.push({ level, path: listed.path, message: 'The file lists no package.' });
      }
      return { packages: [...packages.values()], diagnostics, complete: broken.count === 0 && !broken.overflow };
    },
  };
}

function problemsOf(broken: { count: number; first: string; overflow: boolean }): readonly string[] {
  const entries = broken.count === 1 ? 'An entry' : `${broken.count} entries`;
  return [
    ...(broken.count === 0 ? [] : [`${entries} could not be read, the first at "${broken.first}".`]),
    ...(broken.overflow ? [`The file lists more than ${PACKAGES_MAX} packages; the rest was not read.`] : []),
  ];
}
