import { resourceId } from '../../core/model/ids.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { Upload } from '../../core/ports/upload-store.ts';
import { type JobHandler, PermanentJobError } from '../contracts.ts';
import { type ScanOutsideDependencies, scanOutside, THIS_MACHINE } from './scan-outside.ts';

export interface ScanUploadDependencies extends ScanOutsideDependencies {
  /** Reads what was handed in; the content is compared with its digest before anything of it counts. */
  collectUpload(upload: Upload, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Inventory>;
}

const WHAT: Readonly<Record<Upload['kind'], string>> = {
  image: 'The image',
  function: 'The function',
  source: 'The source archive',
  sbom: 'The SBOM',
};

/** Scans a file that a person handed in. It is removed once nobody needs it any more; a scan that is tried again still has it. */
export function scanUploadHandler(deps: ScanUploadDependencies): JobHandler<'scan-upload'> {
  return {
    kind: 'scan-upload',
    run: async ({ uploadId }, context) => {
      const { uploads } = deps.dependencies;
      const upload = await uploads.find(uploadId);
      if (upload === null) {
        throw new PermanentJobError('The file is not there any more: files are kept for a day. Hand it in again.');
      }
      try {
        const result = await scanOutside(deps, context, {
          resource: uploadResource(upload),
          what: WHAT[upload.kind],
          phase: 'Read the file',
          collect: (signal) => deps.collectUpload(upload, uploads.read(uploadId), signal),
        });
        await uploads.remove(uploadId);
        return result;
      } catch (error) {
        if (error instanceof PermanentJobError || context.signal.aborted) await uploads.remove(uploadId);
        throw error;
      }
    },
  };
}

/** What is handed in again under the same name is the same thing, built anew, so that what it no longer has is closed. */
function uploadResource({ kind, name }: Upload): Resource {
  return {
    id: resourceId(`${kind}:upload/${name}`),
    accountId: THIS_MACHINE.id,
    region: 'local',
    kind,
    name,
    environment: null,
    tags: {},
    sample: false,
  };
}
