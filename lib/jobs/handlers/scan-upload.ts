import type { Inventory } from '../../core/model/inventory.ts';
import type { Upload } from '../../core/ports/upload-store.ts';
import { type JobHandler, PermanentJobError } from '../contracts.ts';
import { outsideResource, type ScanOutsideDependencies, scanOutside } from './scan-outside.ts';
import { waitForFeeds } from './wait-for-feeds.ts';

export interface ScanUploadDependencies extends ScanOutsideDependencies {
  /** Reads what was handed in; the content is compared with its digest before anything of it counts. */
  collectUpload(upload: Upload, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Inventory>;
}

const MEGABYTE = 1_000_000;

const WHAT: Readonly<Record<Upload['kind'], string>> = {
  image: 'The image',
  function: 'The function',
  source: 'The source archive',
  sbom: 'The SBOM',
};

/**
 * Scans a file that a person handed in. It stays for as long as the job may be tried again, on whichever machine; the worker removes
 * the files of jobs that have ended, however they did.
 */
export function scanUploadHandler(deps: ScanUploadDependencies): JobHandler<'scan-upload'> {
  return {
    kind: 'scan-upload',
    run: async ({ uploadId, after }, context) => {
      if (after) await waitForFeeds(deps.dependencies, after, context);
      const { uploads } = deps.dependencies;
      const upload = await uploads.find(uploadId);
      if (upload === null) {
        throw new PermanentJobError('The file is not there any more: files are kept for a day. Hand it in again.');
      }
      return scanOutside(deps, context, {
        // What is handed in again under the same name is the same thing, built anew, so that what it no longer has is closed.
        resource: outsideResource(upload.kind, `${upload.kind}:upload/${upload.name}`, upload.name),
        what: WHAT[upload.kind],
        phase: 'Read the file (MB)',
        mayBeNothing: true,
        collect: (signal, report) =>
          deps.collectUpload(upload, watched(uploads.read(uploadId), upload, report), signal),
      });
    },
  };
}

async function* watched(
  content: AsyncIterable<Uint8Array>,
  { bytes }: Upload,
  report: (done: number, total?: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const total = Math.ceil(bytes / MEGABYTE);
  let read = 0;
  for await (const chunk of content) {
    yield chunk;
    const before = Math.floor(read / MEGABYTE);
    read += chunk.length;
    if (Math.floor(read / MEGABYTE) > before || read === bytes) await report(Math.ceil(read / MEGABYTE), total);
  }
}
