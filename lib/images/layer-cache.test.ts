import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLayerCache } from './layer-cache.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-layers-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

describe('the layers that were read before', () => {
  it('come back as they were, also to another process', async () => {
    await openLayerCache(join(directory, 'new')).put('sha256-a-1', Buffer.from('content'));

    const other = openLayerCache(join(directory, 'new'));

    expect(text(await other.get('sha256-a-1'))).toBe('content');
    expect(await other.get('sha256-a-2')).toBeNull();
  });

  it('are read again where an entry is damaged or cut short, and the damage is gone', async () => {
    const cache = openLayerCache(directory);
    for (const damage of [
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 3),
      (bytes: Buffer) => Buffer.from(bytes).fill(0x55, bytes.length - 6, bytes.length - 4),
      () => Buffer.from('no zstd'),
      () => Buffer.alloc(0),
    ]) {
      await cache.put('a', randomBytes(500));
      const path = join(directory, 'a.zst');
      writeFileSync(path, damage(readFileSync(path)));

      expect(await cache.get('a')).toBeNull();
      expect(existsSync(path)).toBe(false);
    }
  });

  it('that were not used for longest go when there are too many', async () => {
    const cache = openLayerCache(directory, 3_500);
    for (const [place, key] of ['a', 'b', 'c'].entries()) {
      await cache.put(key, randomBytes(1_000));
      utimesSync(join(directory, `${key}.zst`), place, place);
    }
    await cache.get('a');

    await cache.put('d', randomBytes(1_000));

    expect(readdirSync(directory).sort()).toEqual(['a.zst', 'c.zst', 'd.zst']);
  });

  it('written by many at once are whole, and no drafts stay behind', async () => {
    writeFileSync(join(directory, '.draft-1-old'), '');
    utimesSync(join(directory, '.draft-1-old'), 1, 1);
    const content = randomBytes(200_000);
    await Promise.all(Array.from({ length: 20 }, () => openLayerCache(directory).put('a', content)));

    expect(content.equals((await openLayerCache(directory).get('a')) ?? Buffer.alloc(0))).toBe(true);
    expect(readdirSync(directory)).toEqual(['a.zst']);
  });

  it('that cannot be kept harm nothing', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const cache = openLayerCache(file);
    await cache.put('a', Buffer.from('x'));

    expect(await cache.get('a')).toBeNull();
  });

  it('are kept under keys alone, never elsewhere', async () => {
    const cache = openLayerCache(join(directory, 'in'));
    await cache.put('../out', Buffer.from('x'));

    expect(readdirSync(directory)).toEqual([]);
    expect(await cache.get('../../etc/passwd')).toBeNull();
  });
});
