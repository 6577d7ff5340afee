import { basename, dirname } from 'node:path/posix';
import type { Package } from '../model/package.ts';
import { shellLine } from '../model/shell-line.ts';

/** What an upgrade is written for: a package at its place. */
export type UpgradedPackage = Pick<Package, 'name' | 'version' | 'purl' | 'path'>;

/** One way to raise a package: a change of a file, a line for the shell, or the line after the change. */
export interface UpgradeWay {
  /** The case that it is for, as the beginning of a sentence; null for the usual one. */
  readonly when: string | null;
  /** The folder of the scanned thing where it is done; null where that does not matter. */
  readonly folder: string | null;
  readonly edit: { readonly file: string; readonly text: string } | null;
  /** Each word is quoted. */
  readonly command: string | null;
}

const NAME_CHARS = 214;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9.+:~^_!-]{0,127}$/;

/** A line for the shell, wherever it is run. */
export function lineWay(...words: readonly string[]): UpgradeWay {
  return { when: null, folder: null, edit: null, command: shellLine(...words) };
}

/** A way that is gone in the folder of the file which names the package. */
export function besideFile(path: string, way: Partial<UpgradeWay>): UpgradeWay {
  return { when: null, folder: dirname(path), edit: null, command: null, ...way };
}

/** The last part of a path, as a word that no program takes for an option. */
export function fileOf(path: string): string {
  const name = basename(path);
  return name.startsWith('-') ? `./${name}` : name;
}

/**
 * How a package is raised to a version, the usual way first. Empty where nothing is known; null where the name or the version
 * cannot be one of the ecosystem, so that no line may hold it.
 */
export function upgradesOf(
  ecosystem: {
    readonly namePattern: RegExp;
    upgrades(pkg: UpgradedPackage, fixedVersion: string, also: readonly string[]): readonly UpgradeWay[];
  },
  pkg: UpgradedPackage,
  fixedVersion: string,
  also: readonly string[] = [],
): readonly UpgradeWay[] | null {
  const names = [pkg.name, ...also];
  const isSafe = VERSION.test(fixedVersion) && names.every((name) => isNameOf(ecosystem, name));
  return isSafe ? ecosystem.upgrades(pkg, fixedVersion, also) : null;
}

/** Whether a package of the ecosystem can be called so. */
export function isNameOf({ namePattern }: { readonly namePattern: RegExp }, name: string): boolean {
  return name.length <= NAME_CHARS && namePattern.test(name);
}

/** Whether the text is short and plain enough for a version in a line. */
export function isPlainVersion(text: string): boolean {
  return VERSION.test(text);
}
