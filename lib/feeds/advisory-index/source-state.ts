import { readFileSync } from 'node:fs';
import { asObject, asText } from '../../core/model/raw.ts';
import { replaceFile } from './index-files.ts';

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
    const states = asObject(JSON.parse(readFileSync(path, 'utf8'))) ?? {};
    return Object.fromEntries(Object.entries(states).map(([source, raw]) => [source, toState(raw)]));
  } catch {
    // Absent before the first sync. A damaged file loses times only, and the next sync writes it anew.
    return {};
  }
}

function toState(raw: unknown): SourceState {
  const { checkedAt, lastError, lastErrorAt } = asObject(raw) ?? {};
  return { checkedAt: dateOf(checkedAt), lastError: asText(lastError), lastErrorAt: dateOf(lastErrorAt) };
}

function dateOf(raw: unknown): Date | null {
  const at = new Date(asText(raw) ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}

export function writeSourceStates(path: string, states: SourceStates): void {
  replaceFile(path, JSON.stringify(states, null, 1));
}
