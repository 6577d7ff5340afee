import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type IndexFiles, readPointer, revisionPath } from './index-files.ts';
import { PACK_FORMAT } from './pack-file.ts';
import type { SourceEntry } from './source-entry.ts';

/** A source as a revision holds it. */
export interface StoredSource extends SourceEntry {
  /** Name of its pack in the folder of the index. Equal content has an equal name, so revisions share packs. */
  readonly pack: string;
}

export interface Revision {
  readonly revision: string;
  readonly sources: readonly StoredSource[];
}

const sourceSchema = z.object({
  name: z.string(),
  sha256: z.string(),
  records: z.number(),
  skipped: z.number(),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
  newest: z.coerce.date().nullable(),
  syncedAt: z.coerce.date(),
  detail: z.record(z.string(), z.string()),
  pack: z.string().regex(/^[a-z0-9-]+\.pack$/),
});
const revisionSchema = z.object({ format: z.literal(PACK_FORMAT), sources: z.array(sourceSchema) });

/** The revision of that name; null where its list cannot be read or is of another format. */
export function readRevision(files: IndexFiles, revision: string): Revision | null {
  try {
    const { sources } = revisionSchema.parse(JSON.parse(readFileSync(revisionPath(files, revision), 'utf8')));
    return { revision, sources };
  } catch {
    // The callers fall back: readers to the revision before, a sync to building everything anew.
    return null;
  }
}

/** The revision in force; null where nothing was synced. */
export function revisionInForce(files: IndexFiles): Revision | null {
  const pointer = readPointer(files);
  return pointer === null ? null : readRevision(files, pointer.revision);
}

export function revisionText(sources: readonly StoredSource[]): string {
  return JSON.stringify({ format: PACK_FORMAT, sources }, null, 1);
}

/** Equal content has an equal name, whoever built it and when. */
export function revisionName(sources: readonly { readonly name: string; readonly sha256: string }[]): string {
  const hash = createHash('sha256').update(`format ${PACK_FORMAT}\n`);
  for (const { name, sha256 } of [...sources].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${name} ${sha256}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The name of a pack: the source in safe letters and a part of its digest. */
export function packName(name: string, sha256: string): string {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const digest = createHash('sha256').update(`${PACK_FORMAT} ${name} ${sha256}`).digest('hex').slice(0, 16);
  return `${slug}-${digest}.pack`;
}
