import { randomUUID } from 'node:crypto';
import { acceptableSeverities, describeChange, mayAccept, refusedChange } from '../../core/findings/triage-change.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { JobId } from '../../core/model/ids.ts';
import { type Caller, isAllowed } from '../../core/model/permissions.ts';
import type { TriageChange, TriageReport } from '../../core/model/triage-act.ts';
import type { UserRecord } from '../../core/ports/user-store.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Dependencies } from '../dependencies.ts';
import { notifyOfAct } from '../notices/notify.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { type ActInput, visibleSelection } from './triage-input.ts';

/** As many as this are done while the person waits, which is about a second; more are a job. */
const AT_ONCE_MAX = 10_000;
const ATTEMPTS_MAX = 5;

/** What became of an act, or the job that goes on with it. */
export interface ActAnswer extends TriageReport {
  readonly jobId: JobId | null;
}

/** Does one change to all findings of a selection, as far as the caller's rights reach. */
export async function runAct(
  deps: Dependencies,
  caller: Caller,
  { actId, selection }: ActInput,
  change: TriageChange,
): Promise<ActAnswer> {
  const now = deps.clock.now();
  const refused = refusedChange(change, caller, now);
  if (refused !== null) {
    const isRight = change.kind === 'status' && change.status === 'accepted' && !mayAccept(caller);
    throw new AppError(isRight ? 'access-denied' : 'invalid-input', refused);
  }
  const id = actId ?? randomUUID();
  return deps.atomically(async (tx) => {
    const owner = change.kind === 'assign' && change.owner != null ? await requireOwner(tx, change.owner) : null;
    const act = {
      id,
      actor: caller.userId,
      change,
      detail: describeChange(change, owner?.name ?? null),
      acceptable: acceptableSeverities(caller, now),
      ownerAccounts: owner?.accounts ?? null,
    };
    const findings = await tx.triage.begin(act, await visibleSelection(tx, caller, selection), now);
    return goOn(tx, caller, { id, findings, action: `findings-${change.kind}`, detail: act.detail, change });
  });
}

/** Ends a small act at once and hands a large one to a job, and writes down who did it. */
export async function goOn(
  tx: Dependencies,
  caller: Caller,
  act: {
    readonly id: string;
    readonly findings: number;
    readonly action: string;
    readonly detail: string;
    /** Null for an undo, of which nobody is told. */
    readonly change: TriageChange | null;
  },
): Promise<ActAnswer> {
  const now = tx.clock.now();
  const isEnded = act.findings <= AT_ONCE_MAX && (await finished(tx, act.id, now));
  const jobId = isEnded
    ? null
    : await tx.jobs.enqueue(
        'triage-findings',
        { actId: act.id },
        { dedupeKey: act.id, requestedBy: caller.name, priority: PERSON_PRIORITY },
      );
  // What a job goes on with is about accounts that are not all known yet, so the whole of the caller's is told.
  const summary = isEnded ? await tx.triage.summary(act.id) : null;
  const many = `${act.findings.toLocaleString('en-US')} ${act.findings === 1 ? 'finding' : 'findings'}`;
  await recordPersonActivity(tx, caller, act.action, summary?.only?.name ?? many, act.detail, {
    accounts: summary?.accounts ?? caller.accounts,
    record: {
      actId: act.id,
      ...(summary?.only == null ? {} : { findingId: summary.only.id }),
      ...(summary === null ? {} : { changes: summary.changes }),
    },
  });
  const report = await tx.triage.report(act.id, now);
  if (report === null) {
    throw new Error(`the act ${act.id} went away`);
  }
  if (isEnded && act.change !== null) {
    const { id, change } = act;
    const by = { actor: caller.userId, actorName: caller.name };
    await notifyOfAct(tx, { id, change, ...by, applied: report.applied, wasJob: false });
  }
  return { ...report, jobId };
}

/** False when rows that others write at the same time would not hold still; the rest is for a job. */
async function finished(tx: Dependencies, actId: string, now: Date): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    if ((await tx.triage.advance(actId, now)).ended) {
      return true;
    }
  }
  return false;
}

async function requireOwner(deps: Dependencies, id: string): Promise<UserRecord> {
  const person = await deps.users.byId(id);
  if (person === null || person.disabled || !isAllowed(person.role, 'findings:read')) {
    throw new AppError('invalid-input', 'This person is not there, or may not read findings. Choose another.', {
      owner: 'Choose another person.',
    });
  }
  return person;
}
