import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '../core/model/app-error.ts';
import type { Upload, UploadStore } from '../core/ports/upload-store.ts';
import type { Sql } from './sql.ts';

/** Greater than any archive that a build hands on; more would fill the database's disk. */
export const UPLOAD_BYTES_MAX = 4 * 1024 ** 3;
const CHUNK_BYTES = 1024 * 1024;

/** Files in pieces. Each piece is a statement of its own, so that a slow sender holds no transaction open. */
export function createUploadStore(sql: Sql, bytesMax = UPLOAD_BYTES_MAX): UploadStore {
  const remove = async (id: string): Promise<void> => {
    await sql.query('delete from upload where id = $1::uuid returning 1', [id]);
  };
  return {
    async save({ name, kind, createdBy }, body, now) {
      const id = randomUUID();
      await sql.query(ADD, [id, name, kind, createdBy, now]);
      try {
        const { bytes, sha256 } = await saveChunks(sql, id, body, bytesMax);
        await sql.query(FINISH, [id, bytes, sha256]);
        return { id, name, kind, bytes, sha256, createdBy, createdAt: now };
      } catch (error) {
        await remove(id);
        throw error;
      }
    },
    async find(id) {
      const [row] = await sql.query<Upload>(FIND, [id]);
      return row ?? null;
    },
    async *read(id) {
      for (let seq = 0; ; seq += 1) {
        const [row] = await sql.query<{ content: Uint8Array }>(CHUNK, [id, seq]);
        if (row === undefined) {
          return;
        }
        yield row.content;
      }
    },
    remove,
    async removeSpent(before) {
      return (await sql.query(REMOVE_SPENT, [before])).length;
    },
  };
}

async function saveChunks(
  sql: Sql,
  id: string,
  body: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let seq = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes > 0) {
      await sql.query(ADD_CHUNK, [id, seq, Buffer.concat(waiting)]);
      seq += 1;
      waiting = [];
      waitingBytes = 0;
    }
  };
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > bytesMax) {
      throw new AppError(
        'invalid-input',
        `The file is larger than ${Math.floor(bytesMax / 1024 ** 2)} MiB. Scan it with "npx harrier scan" on the machine where it is.`,
      );
    }
    hash.update(chunk);
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= CHUNK_BYTES) {
      await flush();
    }
  }
  await flush();
  if (bytes === 0) {
    throw new AppError('invalid-input', 'The file is empty.');
  }
  return { bytes, sha256: hash.digest('hex') };
}

const ADD = `
insert into upload (id, name, kind, created_by, created_at)
values ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz) returning 1`;

const ADD_CHUNK = `
insert into upload_chunk (upload_id, seq, content) values ($1::uuid, $2::int, $3::bytea) returning 1`;

const FINISH = 'update upload set bytes = $2::bigint, sha256 = $3::text where id = $1::uuid returning 1';

const FIND = `
select id::text as id, name, kind, bytes::float8 as bytes, sha256, created_by as "createdBy", created_at as "createdAt"
from upload where id = $1::uuid and bytes is not null`;

// A scan that is still to run, or to run again, keeps its file until the day is over; then no worker wants it any more.
const REMOVE_SPENT = `
delete from upload u where u.created_at < $1::timestamptz or exists (
  select from job j where j.kind = 'scan-upload' and j.payload ->> 'uploadId' = u.id::text
    and j.state in ('done', 'partial', 'failed', 'cancelled'))
returning 1`;

const CHUNK = 'select content from upload_chunk where upload_id = $1::uuid and seq = $2::int';
