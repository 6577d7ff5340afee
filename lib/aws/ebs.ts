import { createHash } from 'node:crypto';
import { EBSClient, GetSnapshotBlockCommand, ListSnapshotBlocksCommand } from '@aws-sdk/client-ebs';
import { AppError } from '../core/model/app-error.ts';
import type { Place } from '../core/model/cloud.ts';
import type { ByteSource } from '../core/parsers/byte-source.ts';
import type { AwsSessions } from './session.ts';

/** Every block of a snapshot is so long (EBS direct APIs); an answer with another size is not believed. */
const BLOCK_BYTES = 512 * 1024;
const GIB = 1024 ** 3;
const LIST_MAX = 10_000;
/** A volume of the largest kind, 64 TiB, has fewer pages of blocks. */
const PAGES_MAX = 20_000;
/** Blocks that are kept for the next read: file systems come back to the same ones. */
const KEPT_BLOCKS_MAX = 128;

export interface SnapshotSource extends ByteSource {
  /** Blocks that the snapshot has, and those that were fetched. */
  counts(): { readonly stored: number; readonly fetched: number };
}

/** The bytes of a snapshot, read block by block as somebody asks for them. What was never written reads as zeros. */
export async function openSnapshot(
  sessions: AwsSessions,
  place: Place,
  snapshotId: string,
  signal: AbortSignal,
): Promise<SnapshotSource> {
  const client = sessions.client('ebs', EBSClient, place);
  const tokens = new Map<number, string>();
  let size = 0;
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await client.send(
      new ListSnapshotBlocksCommand({
        SnapshotId: snapshotId,
        MaxResults: LIST_MAX,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
      { abortSignal: signal },
    );
    for (const { BlockIndex, BlockToken } of answer.Blocks ?? []) {
      if (BlockIndex !== undefined && BlockToken !== undefined) tokens.set(Number(BlockIndex), BlockToken);
    }
    size = (answer.VolumeSize ?? 0) * GIB;
    token = answer.NextToken || undefined;
    if (token === undefined) break;
  }
  const kept = new Map<number, Promise<Uint8Array>>();
  let fetched = 0;

  const fetchBlock = async (index: number, blockToken: string): Promise<Uint8Array> => {
    fetched += 1;
    const answer = await client.send(
      new GetSnapshotBlockCommand({ SnapshotId: snapshotId, BlockIndex: index, BlockToken: blockToken }),
      { abortSignal: signal },
    );
    const bytes = (await answer.BlockData?.transformToByteArray()) ?? new Uint8Array(0);
    const checksum = createHash('sha256').update(bytes).digest('base64');
    if (answer.Checksum !== undefined && answer.Checksum !== checksum) {
      throw new AppError('unavailable', `Block ${index} of ${snapshotId} has not the checksum that AWS states.`);
    }
    return bytes;
  };

  const blockAt = (index: number): Promise<Uint8Array> | null => {
    const known = kept.get(index);
    if (known !== undefined) {
      // The one that was asked for last goes last.
      kept.delete(index);
      kept.set(index, known);
      return known;
    }
    const blockToken = tokens.get(index);
    if (blockToken === undefined) return null;
    const block = fetchBlock(index, blockToken);
    kept.set(index, block);
    block.catch(() => kept.delete(index));
    const [oldest] = kept.keys();
    if (kept.size > KEPT_BLOCKS_MAX && oldest !== undefined) kept.delete(oldest);
    return block;
  };

  return {
    size,
    counts: () => ({ stored: tokens.size, fetched }),
    async read(start, end) {
      const to = Math.min(end, size);
      const bytes = new Uint8Array(Math.max(0, to - start));
      for (let index = Math.floor(start / BLOCK_BYTES); index * BLOCK_BYTES < to; index += 1) {
        const block = await blockAt(index);
        if (block === null) continue;
        const at = index * BLOCK_BYTES;
        const part = block.subarray(Math.max(0, start - at), to - at);
        bytes.set(part, Math.max(0, at - start));
      }
      return bytes;
    },
  };
}
