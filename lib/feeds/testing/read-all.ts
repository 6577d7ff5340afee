import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSkipCount, type SkipCount } from '../skip-count.ts';

type Reader<Item> = (path: string, skips: SkipCount, signal: AbortSignal) => AsyncIterable<Item>;

/** Everything that a reader makes of a file, and what it left out. */
export async function readFileWith<Item>(path: string, read: Reader<Item>) {
  const skips = createSkipCount();
  const items: Item[] = [];
  for await (const item of read(path, skips, new AbortController().signal)) {
    items.push(item);
  }
  return { items, skipped: skips.top(10) };
}

/** The same of content that lies nowhere yet. */
export async function readContentWith<Item>(content: string | Uint8Array, read: Reader<Item>) {
  const area = mkdtempSync(join(tmpdir(), 'harrier-read-'));
  const path = join(area, 'feed');
  writeFileSync(path, content);
  try {
    return await readFileWith(path, read);
  } finally {
    rmSync(area, { recursive: true, force: true });
  }
}
