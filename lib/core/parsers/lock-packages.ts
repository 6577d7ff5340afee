import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';
import { type LanguagePackage, languagePackage } from './language-package.ts';
import { excerpt, noPackage } from './parse-result.ts';
import type { ParseResult } from './parser.ts';

/** Gathers what a lock file names, within a bound, and remembers what was left out and why. */
export interface LockPackages {
  /** Keeps a package once. An entry that cannot be one makes the result incomplete. */
  add(name: string, version: string): void;
  /** An entry that is no package of a registry: `what` in the plural, such as `folders of the project`. */
  leaveOut(what: string, example: string): void;
  /** An entry that could not be read: packages may be missing. */
  doubt(example: string): void;
  /** True as soon as no further package is kept. */
  isFull(): boolean;
  /** `silence` is said where there is nothing to say; null where that is for the caller to judge. */
  result(silence?: string | null): ParseResult;
}

export interface LockPackagesOptions extends Pick<LanguagePackage, 'ecosystem' | 'packageManager' | 'path'> {
  isName(name: string): boolean;
  readonly packagesMax?: number;
}

interface Tally {
  count: number;
  readonly example: string;
}

const PACKAGES_MAX = 200_000;

export function createLockPackages(options: LockPackagesOptions): LockPackages {
  const { ecosystem, packageManager, path, packagesMax = PACKAGES_MAX } = options;
  const packages = new Map<string, Package>();
  const left = new Map<string, Tally>();
  const doubts: Tally[] = [];
  let overflow = false;

  function add(name: string, version: string): void {
    const fields = { ecosystem, packageManager, path, name: copied(name), version: copied(version) };
    const pkg = options.isName(name) ? languagePackage(fields) : null;
    if (pkg === null) {
      doubt(`${name}@${version}`);
    } else if (packages.size < packagesMax || packages.has(pkg.purl)) {
      packages.set(pkg.purl, pkg);
    } else {
      overflow = true;
    }
  }

  function leaveOut(what: string, example: string): void {
    const tally = left.get(what);
    if (tally === undefined) {
      left.set(what, { count: 1, example: excerpt(example) });
    } else {
      tally.count += 1;
    }
  }

  function doubt(example: string): void {
    const [tally] = doubts;
    if (tally === undefined) {
      doubts.push({ count: 1, example: excerpt(example) });
    } else {
      tally.count += 1;
    }
  }

  function result(silence: string | null = 'The lock file names no package.'): ParseResult {
    const warnings: Diagnostic[] = doubts.map(({ count, example }) => {
      const message = `${count} of the entries could not be read, such as "${example}".`;
      return { level: 'warning', path, message };
    });
    if (overflow) {
      warnings.push({ level: 'warning', path, message: `More than ${packagesMax} packages; the rest was not read.` });
    }
    const remarks: Diagnostic[] = [...left].map(([what, { count, example }]) => {
      return {
        level: 'info',
        path,
        message: `Left out: ${count} ${what}, such as "${example}".`,
      };
    });
    const diagnostics = [...warnings, ...remarks];
    if (silence !== null && packages.size === 0 && diagnostics.length === 0) {
      return noPackage(path, silence);
    }
    return { packages: [...packages.values()], diagnostics, complete: warnings.length === 0 };
  }

  return { add, leaveOut, doubt, isFull: () => overflow, result };
}

/** A piece of a long text keeps all of it in memory for as long as the piece lives. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}
