import type { Package } from '../model/package.ts';
import type { ParseResult } from './parser.ts';

/** Everything that the file holds. */
export function found(packages: readonly Package[]): ParseResult {
  return { packages, diagnostics: [], complete: true };
}

/** The file could not be read, or only in part: packages may be missing, so the inventory is not complete. */
export function unreadable(path: string, message: string, packages: readonly Package[] = []): ParseResult {
  return { packages, diagnostics: [{ level: 'warning', path, message }], complete: false };
}

/** The file holds no package, and nothing is missing: worth a word. */
export function noPackage(path: string, message: string): ParseResult {
  return { packages: [], diagnostics: [{ level: 'info', path, message }], complete: true };
}

/** Text of a stranger, short and printable, for a message. */
export function excerpt(text: string): string {
  return text.slice(0, 60).replace(/[^ -~]/g, '?');
}
