import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from './index-files.ts';

const stateSchema = z.record(
  z.string(),
  z.object({
    checkedAt: z.coerce.date().nullable(),
    lastError: z.string().nullable(),
    lastErrorAt: z.coerce.date().nullable(),
  }),
);

/** By source: when its content was last known to be the publisher's newest, and how the last failure read. */
export type SourceStates = Readonly<Record<string, SourceState>>;

export interface SourceState {
  readonly checkedAt: Date | null;
  /** Null once a later sync succeeded. */
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
}

export function readSourceStates(path: string): SourceStates {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Absent before the first sync. A damaged file loses times only, and the next sync writes it anew.
    return {};
  }
}

export function writeSourceStates(path: string, states: SourceStates): void {
  replaceFile(path, JSON.stringify(states, null, 1));
}
