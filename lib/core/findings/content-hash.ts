import { createHash } from 'node:crypto';
import type { ScoredObservation } from '../model/finding.ts';

/** SHA-256 (hex) of everything a finding stores of an observation. Equal content gives an equal hash in any order of keys. */
export function contentHash(observation: ScoredObservation): string {
  return createHash('sha256').update(canonical(observation)).digest('hex');
}

function canonical(value: unknown): string {
  if (value instanceof Date) {
    return JSON.stringify(value.toISOString());
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
