import type { JobHandler, JobKind } from '../jobs/contracts.ts';
import type { Database } from './client.ts';
import type { JobLogger } from './job-run.ts';
import type { WorkerIdentity } from './worker-records.ts';

/** The walls that a worker process is made of. */
export interface WorkerParts {
  readonly database: Database;
  readonly identity: WorkerIdentity;
  readonly handlers: readonly JobHandler<JobKind>[];
  readonly log: JobLogger;
  readonly now: () => Date;
  /** True when the process is known to be gone; false when it lives or cannot be told. */
  isGone(worker: WorkerIdentity): Promise<boolean>;
}
