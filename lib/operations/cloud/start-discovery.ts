import { z } from 'zod';
import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { askForFirstFeeds } from '../console/ask-for-first-feeds.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';

const form = z.object({ connection: z.union([z.literal(''), z.uuid()]).default('') });

/** Looks for what is in the accounts of a connection, or of all, now; what is due is scanned after it. */
export const startDiscovery: Operation<z.output<typeof form>, { readonly jobId: JobId }> = {
  name: 'StartDiscovery',
  permission: 'scans:run',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { connection }) =>
    deps.atomically(async (tx) => {
      const asked = { requestedBy: caller.name, priority: PERSON_PRIORITY };
      await askForFirstFeeds(tx, asked);
      const connections = connection === '' ? [] : [connection];
      const jobId = await tx.jobs.enqueue(
        'discover-estate',
        { connections, places: [] },
        { ...asked, dedupeKey: `discover-estate:${connection}` },
      );
      await recordJobActivity(tx, caller, 'scan-started', jobId, 'Asked for a look at the accounts of AWS.');
      return { jobId };
    }),
};
