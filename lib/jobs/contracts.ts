import type { ChangedPlace } from '../core/model/cloud.ts';
import type { JobId } from '../core/model/ids.ts';
import type { JobPhase } from '../core/model/views.ts';

/** Every job kind and its payload. Safe to import anywhere. */
export interface JobPayloads {
  /** Brings advisories, KEV and EPSS into the advisory index. `ecosystems` empty means the configured set. */
  'sync-feeds': { readonly ecosystems: readonly string[] };
  /** Scans a root directory of the machine that the worker runs on. All scans wait for the job `after`, where there is one. */
  'scan-host': { readonly root: string; readonly after?: JobId | null };
  /** Pulls a container image from its registry, layer by layer, and scans it. */
  'scan-image': { readonly reference: string; readonly platform: string; readonly after?: JobId | null };
  /** Scans a file that somebody handed in, and removes it. */
  'scan-upload': { readonly uploadId: string; readonly after?: JobId | null };
  /**
   * Matches stored inventories anew with the index in force, as far as advisories have changed since the revision that
   * all of them are matched with. Both revisions are looked up when it runs, so there is nothing to hand on.
   */
  'rematch-advisories': Record<string, never>;
  /** Brings due dates, owners and teams of all findings up to the policy and the rules in force. */
  'apply-policy': Record<string, never>;
  /** Scores all open findings by the points in force. */
  'apply-scoring': Record<string, never>;
  /** Goes on with an act of a person on many findings. */
  'triage-findings': { readonly actId: string };
  /** Brings every finding up to a rule that began or ended. The rule is looked up when it runs. */
  'apply-suppression': { readonly ruleId: string };
  /** Begins and ends what is due: rules, acceptances, snoozes; and looks over rules that were not applied for a while. */
  'end-expired-rules': Record<string, never>;
  /** Removes events, closed findings and texts that are older than the settings keep them. */
  'apply-retention': Record<string, never>;
  /** Computes the chain of history anew; `actor` is the e-mail address of whoever asked. */
  'verify-chain': { readonly actor: string };
  /** Mails the notices that are due. */
  'send-mail': Record<string, never>;
  /** Looks for accounts of AWS and what is in them. Without connections it is all of them; with places only those are looked at. */
  'discover-estate': { readonly connections: readonly string[]; readonly places: readonly ChangedPlace[] };
  /** Calls every action that Harrier needs in accounts of AWS and notes which are refused. Empty means all connections. */
  'check-aws': { readonly connections: readonly string[] };
  /** Reads and scans everything in AWS that is due. */
  'scan-estate': Record<string, never>;
  /** Works out what can be reached in every network that changed, or was not looked at for long. */
  'scan-network': Record<string, never>;
  'load-sample': Record<string, never>;
  'remove-sample': Record<string, never>;
}

export type JobKind = keyof JobPayloads;

export const JOB_TITLES = {
  'sync-feeds': 'Advisory feeds',
  'scan-host': 'Host packages',
  'scan-image': 'Container image',
  'scan-upload': 'Uploaded file',
  'rematch-advisories': 'Changed advisories',
  'apply-policy': 'Due dates and owners',
  'apply-scoring': 'Scores',
  'triage-findings': 'Change findings',
  'apply-suppression': 'Apply suppression rule',
  'end-expired-rules': 'Decisions that end',
  'apply-retention': 'Old history',
  'verify-chain': 'Verify history',
  'send-mail': 'Mail',
  'discover-estate': 'Discover AWS',
  'check-aws': 'Check AWS permissions',
  'scan-estate': 'AWS packages',
  'scan-network': 'AWS network exposure',
  'load-sample': 'Load sample estate',
  'remove-sample': 'Remove sample estate',
} as const satisfies Record<JobKind, string>;

/** Greater than any schedule's, because somebody is waiting. */
export const PERSON_PRIORITY = 10;

export interface EnqueueOptions {
  /** The same work asked for twice, while the first is queued or running, is one job. */
  readonly dedupeKey?: string;
  /** Greater runs first; a schedule's is 0. */
  readonly priority?: number;
  readonly requestedBy?: string;
}

export interface JobContext {
  readonly id: JobId;
  /** Aborted when a person cancels or the worker stops. */
  readonly signal: AbortSignal;
  /** Replaces the phases shown to people; written at most a few times a second. */
  progress(phases: readonly JobPhase[]): Promise<void>;
  log(level: 'info' | 'warning' | 'error', text: string): Promise<void>;
}

/** How a job ended: `partial` is its own state, never "done". The message is one sentence for people. */
export interface JobResult {
  readonly outcome: 'done' | 'partial';
  readonly message: string;
}

/** Handlers may run twice; the second run changes nothing. */
export interface JobHandler<K extends JobKind> {
  readonly kind: K;
  run(payload: JobPayloads[K], context: JobContext): Promise<JobResult>;
}

/** Thrown by a handler when trying again cannot help; the message is shown to people. */
export class PermanentJobError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PermanentJobError';
  }
}

export interface JobQueue {
  /** Adds the job in the surrounding transaction; returns the id of the job that will do the work. */
  enqueue<K extends JobKind>(kind: K, payload: JobPayloads[K], options?: EnqueueOptions): Promise<JobId>;
  /** False when it had already ended. */
  cancel(id: JobId): Promise<boolean>;
  /** Worker processes that were alive in the last minute. */
  countWorkers(): Promise<number>;
}
