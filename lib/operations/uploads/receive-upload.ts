import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import { UPLOAD_KINDS, type UploadKind } from '../../core/model/upload.ts';
import { UPLOAD_HOURS_KEPT, type Upload } from '../../core/ports/upload-store.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

/** A name is for people, and part of the resource's identity: a later file of the same name is the same thing, built again. */
export const uploadName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u);

const about = z.object({ name: uploadName, kind: z.enum(UPLOAD_KINDS) });

interface ReceiveUpload {
  readonly name: string;
  readonly kind: UploadKind;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Takes in a file that is to be scanned. What nobody scanned within a day is removed. */
export const receiveUpload: Operation<ReceiveUpload, Pick<Upload, 'id' | 'name' | 'kind' | 'bytes'>> = {
  name: 'ReceiveUpload',
  permission: 'scans:run',
  parse(input) {
    const { name, kind } = parseInput(about, input);
    const { body } = input as { readonly body?: AsyncIterable<Uint8Array> | null };
    if (body == null) {
      throw new AppError('invalid-input', 'The request brought no file.');
    }
    return { name, kind, body };
  },
  async run(deps, caller, { name, kind, body }) {
    const now = deps.clock.now();
    await deps.uploads.removeSpent(new Date(now.getTime() - UPLOAD_HOURS_KEPT * 3_600_000));
    const { id, bytes } = await deps.uploads.save({ name, kind, createdBy: caller.email }, body, now);
    return { id, name, kind, bytes };
  },
};
