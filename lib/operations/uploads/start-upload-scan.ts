import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { askForFirstFeeds } from '../console/ask-for-first-feeds.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';

const form = z.object({ uploadId: z.uuid() });

/** Scans a file that the caller handed in. */
export const startUploadScan: Operation<{ readonly uploadId: string }, { readonly jobId: JobId }> = {
  name: 'StartUploadScan',
  permission: 'scans:run',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { uploadId }) =>
    deps.atomically(async (tx) => {
      const upload = await tx.uploads.find(uploadId);
      // Somebody else's file is as good as none.
      if (upload === null || upload.createdBy !== caller.email) {
        throw new AppError('not-found', 'The file is not there any more. Hand it in again.');
      }
      const asked = { requestedBy: caller.name, priority: PERSON_PRIORITY };
      const after = await askForFirstFeeds(tx, asked);
      const dedupeKey = `scan-upload:${uploadId}`;
      const jobId = await tx.jobs.enqueue('scan-upload', { uploadId, after }, { ...asked, dedupeKey });
      await recordJobActivity(tx, caller, 'scan-started', jobId, `Handed in ${upload.name} to be scanned.`);
      return { jobId };
    }),
};
