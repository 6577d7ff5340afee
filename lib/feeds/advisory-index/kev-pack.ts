import type { KevEntry } from '../../core/model/advisory.ts';
import { createPackWriter, openPack } from './pack-file.ts';

export interface KevPackFacts {
  readonly kind: 'kev';
  readonly entries: Readonly<Record<string, KevEntry>>;
}

/** The catalogue has a few thousand entries, so all of it stands in the header. */
export function writeKevPack(path: string, entries: ReadonlyMap<string, KevEntry>): void {
  const facts: KevPackFacts = { kind: 'kev', entries: Object.fromEntries(entries) };
  createPackWriter(path).finish(facts, {});
}

export function openKevPack(path: string): { entryOf(cve: string): KevEntry | null; close(): void } {
  const file = openPack<KevPackFacts>(path);
  const { entries } = file.facts;
  return { entryOf: (cve) => (Object.hasOwn(entries, cve) ? (entries[cve] ?? null) : null), close: file.close };
}
