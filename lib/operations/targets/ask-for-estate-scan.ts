import type { JobId } from '../../core/model/ids.ts';
import type { Caller } from '../../core/model/permissions.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Dependencies } from '../dependencies.ts';

/** The job that scans what is due in AWS, asked for by a person and said in Activity with what was asked. */
export async function askForEstateScan(deps: Dependencies, caller: Caller, detail: string): Promise<JobId> {
  const jobId = await deps.jobs.enqueue(
    'scan-estate',
    {},
    { dedupeKey: 'scan-estate', requestedBy: caller.name, priority: PERSON_PRIORITY },
  );
  await recordJobActivity(deps, caller, 'scan-started', jobId, detail);
  return jobId;
}
