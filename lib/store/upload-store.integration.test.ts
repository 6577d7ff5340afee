import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON, openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { sqlOfPool } from './sql.ts';
import { createUploadStore } from './upload-store.ts';

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreFixture();
});
afterAll(() => fixture?.close());

const about = { name: 'app.tar', kind: 'image', createdBy: 'ines@example.com' } as const;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function rows(table: string): Promise<number> {
  const { rows: counted } = await fixture.database.pool.query(`select count(*)::int as n from ${table}`);
  return counted[0].n;
}

describe('a file that is handed in', () => {
  it.each([1, 100, 70_000, 3_000_000])('comes out as it went in, in pieces of %i bytes', async (size) => {
    const bytes = randomBytes(size === 1 ? 500 : 2_500_000);
    const { uploads } = fixture.stores;

    const upload = await uploads.save(about, pieces(bytes, size), NOON);

    const read: Uint8Array[] = [];
    for await (const chunk of uploads.read(upload.id)) read.push(chunk);
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
    expect(await uploads.find(upload.id)).toEqual(upload);
    expect(upload).toMatchObject({ ...about, bytes: bytes.length, createdAt: NOON });
    await uploads.remove(upload.id);
    expect(await uploads.find(upload.id)).toBeNull();
    expect(await rows('upload_chunk')).toBe(0);
  });

  it('leaves nothing behind when it breaks off, is empty or is too large', async () => {
    const small = createUploadStore(sqlOfPool(fixture.database.pool), 1_500_000);
    const broken = async function* () {
      yield randomBytes(1_200_000);
      throw new Error('The connection was lost.');
    };

    await expect(small.save(about, broken(), NOON)).rejects.toThrow('The connection was lost.');
    await expect(small.save(about, pieces(new Uint8Array(), 1), NOON)).rejects.toThrow('The file is empty.');
    await expect(small.save(about, pieces(randomBytes(2_000_000), 64_000), NOON)).rejects.toThrow('larger than 1 MiB');
    expect([await rows('upload'), await rows('upload_chunk')]).toEqual([0, 0]);
  });

  it('is not there before it is whole, and goes when its day is over', async () => {
    const { uploads } = fixture.stores;
    const { pool } = fixture.database;
    const id = '00000000-0000-4000-8000-000000000001';
    await pool.query("insert into upload (id, name, kind, created_by, created_at) values ($1, 'x', 'sbom', 'a', $2)", [
      id,
      NOON,
    ]);
    expect(await uploads.find(id)).toBeNull();
    const later = new Date(NOON.getTime() + 3_600_000);
    const kept = await uploads.save(about, pieces(randomBytes(10), 5), later);

    expect(await uploads.removeSpent(later)).toBe(1);

    expect(await uploads.find(kept.id)).not.toBeNull();
  });

  it.each([
    ['queued', true],
    ['running', true],
    ['retrying', true],
    ['done', false],
    ['partial', false],
    ['failed', false],
    ['cancelled', false],
  ])('whose scan is %s is there still: %s', async (state, isThere) => {
    const { uploads, jobs } = fixture.stores;
    const { id: uploadId } = await uploads.save(about, pieces(randomBytes(10), 5), NOON);
    const job = await jobs.enqueue('scan-upload', { uploadId });
    await fixture.database.pool.query('update job set state = $2 where id = $1', [job, state]);

    await uploads.removeSpent(new Date(0));

    expect((await uploads.find(uploadId)) !== null).toBe(isThere);
  });
});
