import type { UploadKind } from '../model/upload.ts';

/** A file that nobody scanned within this time is removed. */
export const UPLOAD_HOURS_KEPT = 24;

/** A file that waits to be scanned. */
export interface Upload {
  readonly id: string;
  /** As the person calls it. */
  readonly name: string;
  readonly kind: UploadKind;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface UploadStore {
  /** Takes a file in as it arrives. Throws AppError where it is empty or too large; of one that breaks off nothing stays. */
  save(
    upload: Pick<Upload, 'name' | 'kind' | 'createdBy'>,
    body: AsyncIterable<Uint8Array>,
    now: Date,
  ): Promise<Upload>;
  /** Null for one that is not there, or not there whole. */
  find(id: string): Promise<Upload | null>;
  read(id: string): AsyncIterable<Uint8Array>;
  remove(id: string): Promise<void>;
  /** Removes what came before that time, whole or not, and files whose scan has ended, however it did; returns how many. */
  removeSpent(before: Date): Promise<number>;
}
