import { z } from 'zod';
import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';

const form = z.object({ id: z.uuid() });

/** Calls every action that Harrier needs in the accounts of a connection, and changes nothing. */
export const checkConnection: Operation<z.output<typeof form>, { readonly jobId: JobId }> = {
  name: 'CheckConnection',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id }) =>
    deps.atomically(async (tx) => ({
      jobId: await tx.jobs.enqueue(
        'check-aws',
        { connections: [id] },
        { dedupeKey: `check-aws:${id}`, requestedBy: caller.name, priority: PERSON_PRIORITY },
      ),
    })),
};
