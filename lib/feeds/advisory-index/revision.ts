import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asArray, asObject, asText } from '../../core/model/raw.ts';
import { type IndexFiles, readPointer, revisionPath } from './index-files.ts';
import { PACK_FORMAT } from './pack-file.ts';
import type { SourceEntry } from './source-entry.ts';

/** A source as a revision holds it. */
export interface StoredSource extends SourceEntry {
  /** Name of its pack in the folder of the index. Equal content has an equal name, so revisions share packs. */
  readonly pack: string;
}

const PACK_NAME = /^[a-z0-9-]+\.pack$/;

export interface Revision {
  readonly revision: string;
  readonly sources: readonly StoredSource[];
}

/** The revision of that name; null where its list cannot be read or is of another format. */
export function readRevision(files: IndexFiles, revision: string): Revision | null {
  try {
    const list = asObject(JSON.parse(readFileSync(revisionPath(files, revision), 'utf8')));
    const sources = asArray(list?.sources).map(toStoredSource);
    const isWhole = list?.format === PACK_FORMAT && sources.every((source) => source !== null);
    return isWhole ? { revision, sources } : null;
  } catch {
    // The callers fall back: readers to the revision before, a sync to building everything anew.
    return null;
  }
}

/** A source as `revisionText` wrote it; null for anything else. */
function toStoredSource(raw: unknown): StoredSource | null {
  const source = asObject(raw);
  const name = asText(source?.name);
  const sha256 = asText(source?.sha256);
  const pack = asText(source?.pack);
  const syncedAt = dateOf(source?.syncedAt);
  const { records, skipped } = source ?? {};
  if (name === null || sha256 === null || pack === null || syncedAt === null || !PACK_NAME.test(pack)) {
    return null;
  }
  if (typeof records !== 'number' || typeof skipped !== 'number') {
    return null;
  }
  const reasons = asArray(source?.reasons).flatMap((one) => {
    const { reason, count } = asObject(one) ?? {};
    return typeof reason === 'string' && typeof count === 'number' ? [{ reason, count }] : [];
  });
  const detail = Object.entries(asObject(source?.detail) ?? {}).map(([key, value]) => [key, asText(value) ?? '']);
  const newest = dateOf(source?.newest);
  return { name, sha256, records, skipped, reasons, newest, syncedAt, detail: Object.fromEntries(detail), pack };
}

function dateOf(raw: unknown): Date | null {
  const at = new Date(asText(raw) ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
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
