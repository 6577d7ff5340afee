import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';

/** What one file may cost: archives inside of it, entries of all of them, and bytes that are unpacked. */
export const READING_LIMITS = { archives: 10_000, entries: 1_000_000, unpackedBytes: 512 * 1024 * 1024 } as const;
const DIAGNOSTICS_MAX = 25;

/** What one file may still cost, and what it gave so far. */
export interface Reading {
  archivesLeft: number;
  entriesLeft: number;
  bytesLeft: number;
  readonly packages: Package[];
  readonly diagnostics: Diagnostic[];
  isComplete: boolean;
  /** Whether this file is the one that may unpack large archives now. */
  hasTurn: boolean;
}

export function createReading(): Reading {
  return {
    archivesLeft: READING_LIMITS.archives,
    entriesLeft: READING_LIMITS.entries,
    bytesLeft: READING_LIMITS.unpackedBytes,
    packages: [],
    diagnostics: [],
    isComplete: true,
    hasTurn: false,
  };
}

export function remark(reading: Reading, path: string, message: string): void {
  reading.diagnostics.push({ level: 'info', path, message });
}

/** Packages may be missing. */
export function missing(reading: Reading, path: string, message: string): void {
  reading.diagnostics.push({ level: 'warning', path, message });
  reading.isComplete = false;
}

/** The grave ones first, and not more than a reader bears. */
export function shortened(diagnostics: readonly Diagnostic[], path: string): readonly Diagnostic[] {
  if (diagnostics.length <= DIAGNOSTICS_MAX) {
    return diagnostics;
  }
  const grave = diagnostics.filter(({ level }) => level === 'warning');
  const sorted = [...grave, ...diagnostics.filter(({ level }) => level === 'info')];
  const rest = sorted.length - DIAGNOSTICS_MAX;
  const level = grave.length > DIAGNOSTICS_MAX ? 'warning' : 'info';
  return [...sorted.slice(0, DIAGNOSTICS_MAX), { level, path, message: `${rest} further remarks on archives in it.` }];
}
