import { z } from 'zod';
import type { JobId } from '../../core/model/ids.ts';
import { parseReference } from '../../core/model/image-reference.ts';
import { isPlatform } from '../../core/model/image-resource.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { askForFirstFeeds } from './ask-for-first-feeds.ts';
import { recordJobActivity } from './record-job-activity.ts';

const form = z.object({
  // What is wrong with it is said without repeating it: people paste addresses that hold passwords.
  reference: z
    .string()
    .trim()
    .max(1024)
    .refine(
      (text) => parseReference(text) !== null,
      'Give the image as REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:…, without user and password.',
    ),
  platform: z.string().refine(isPlatform, 'Give a platform such as linux/arm64.'),
});

/** Pulls a container image from its registry and scans it, with the sign-in that is kept for the registry, if any. */
export const startImageScan: Operation<z.output<typeof form>, { readonly jobId: JobId }> = {
  name: 'StartImageScan',
  permission: 'scans:run',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { reference, platform }) =>
    deps.atomically(async (tx) => {
      const dedupeKey = `scan-image:${reference} ${platform}`;
      const asked = { requestedBy: caller.name, priority: PERSON_PRIORITY };
      const after = await askForFirstFeeds(tx, asked);
      const jobId = await tx.jobs.enqueue('scan-image', { reference, platform, after }, { ...asked, dedupeKey });
      await recordJobActivity(tx, caller, 'scan-started', jobId, `Asked for a scan of the image ${reference}.`);
      return { jobId };
    }),
};
