import { createHash } from 'node:crypto';
import type { ScoredObservation } from '../model/finding.ts';

/**
 * Name of what is said about a finding once and is the same on many resources: title, packages with their evidence, and
 * the rating. 128 bits of SHA-256, 32 hex digits. Equal content gives an equal name in any order of keys.
 */
export function sharedContentHash({ title, packages, rating }: ScoredObservation): string {
  return digest({ title, packages, rating });
}

/**
 * 32 hex digits for everything that is stored of an observation. What is told of the vulnerability alone (its text, a
 * new day's EPSS that moves no score) is stored with the vulnerability and does not count.
 */
export function contentHash(observation: ScoredObservation): string {
  const { type, vulnerability, score } = observation;
  const { id, severity, kev } = vulnerability;
  return digest([type, id, severity, kev?.dueDate ?? null, score.score, sharedContentHash(observation)]);
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);
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
