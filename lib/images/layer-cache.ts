import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { LayerStore } from '../core/ports/layer-store.ts';

/** All entries together. A layer of a Debian base image takes about 100 KB. */
const BYTES_MAX = 1024 * 1024 * 1024;
const ENTRY_BYTES_MAX = 512 * 1024 * 1024;
const KEY = /^[a-z0-9][a-z0-9-]{0,200}$/;
const ENDING = '.zst';
const DRAFT = /^\.draft-/;
/** A draft that is older belongs to a process that died. */
const DRAFT_MILLISECONDS_MAX = 3_600_000;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/**
 * Keeps layers as packed files of a folder, which several processes may share: an entry appears whole or not at all. When
 * they take too much room, those that were not used for longest go. Nothing here may fail a scan: what cannot be kept or
 * is damaged is read again.
 */
export function openLayerCache(directory: string, bytesMax = BYTES_MAX): LayerStore {
  return {
    async get(key) {
      const path = pathOf(directory, key);
      const stored = path === null ? null : await readFile(path).catch(() => null);
      if (path === null || stored === null) {
        return null;
      }
      try {
        const content = await decompress(stored, { maxOutputLength: ENTRY_BYTES_MAX });
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return content;
      } catch {
        await rm(path, { force: true }).catch(() => undefined);
        return null;
      }
    },
    async put(key, content) {
      const path = pathOf(directory, key);
      if (path === null || content.length > Math.min(ENTRY_BYTES_MAX, bytesMax)) {
        return;
      }
      const draft = join(directory, `.draft-${process.pid}-${randomBytes(6).toString('hex')}`);
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        const packed = await compress(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
        await writeFile(draft, packed, { mode: 0o600 });
        await rename(draft, path);
        await makeRoom(directory, bytesMax);
      } catch {
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** Keys are digests and revisions; anything else is no name of a file. */
function pathOf(directory: string, key: string): string | null {
  return KEY.test(key) ? join(directory, `${key}${ENDING}`) : null;
}

async function makeRoom(directory: string, bytesMax: number): Promise<void> {
  const names = await readdir(directory);
  const entries = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      // Another process may have removed it meanwhile.
      const status = await stat(path).catch(() => null);
      return { path, name, bytes: status?.size ?? 0, usedAt: status?.mtimeMs ?? 0 };
    }),
  );
  const oldest = Date.now() - DRAFT_MILLISECONDS_MAX;
  const kept = entries.filter(({ name }) => name.endsWith(ENDING)).sort((a, b) => b.usedAt - a.usedAt);
  let bytes = 0;
  const gone = entries.filter(({ name, usedAt }) => DRAFT.test(name) && usedAt < oldest);
  for (const entry of kept) {
    bytes += entry.bytes;
    if (bytes > bytesMax) {
      gone.push(entry);
    }
  }
  await Promise.all(gone.map(({ path }) => rm(path, { force: true })));
}
