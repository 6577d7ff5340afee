import { isQuiet } from '../core/coverage/quiet-time.ts';
import { nextTimes } from '../core/coverage/schedule-times.ts';
import { parseTargetRule } from '../core/coverage/target-rule.ts';
import { RULE_FRESH_MS } from '../core/findings/suppression.ts';
import type { AwsEstate } from '../core/ports/aws-estate.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { planMail } from '../operations/mail/plan-mail.ts';
import type { JobKind } from './contracts.ts';

/** A job that nobody asks for, because it comes around by itself. Its payload is empty. */
interface Recurring {
  readonly kind: Extract<JobKind, 'apply-retention'>;
  readonly hours: number;
}

export const RECURRING: readonly Recurring[] = [{ kind: 'apply-retention', hours: 24 }];

const LOOK_MS = 10 * 60_000;
/** Rules, acceptances and snoozes begin and end this soon after their time. */
const DECISIONS_LOOK_MS = 15_000;
/** Nobody waits for these notices; several workers tell the same thing once. */
const NOTICES_LOOK_MS = 5 * 60_000;
/** Mail that goes at once goes this soon. */
const MAIL_LOOK_MS = 10_000;
const HOUR_MS = 3_600_000;
/** Changes in AWS are looked for this often, and what is due in it. */
const AWS_CHANGES_MS = 10_000;
const AWS_DUE_MS = 60_000;
/** Scans on schedule begin this soon after their time. */
const SCHEDULES_MS = 15_000;
/** The safety net below change events: everything is looked at this often. */
const DISCOVERY_HOURS = 1;
/** Messages that are taken from a queue at one look. */
const CHANGES_MAX = 1_000;
/** Who is named as having asked. */
const ASKED_BY = 'harrier';

interface Log {
  warn(facts: object, text: string): void;
}

/** Asks for recurring jobs whenever they are due, from now until the returned function is called. */
export function startSchedule(deps: Dependencies, log: Log, openAws: () => AwsEstate): () => void {
  const stops = [
    repeat(LOOK_MS, log, () => askForDueJobs(deps)),
    repeat(DECISIONS_LOOK_MS, log, () => askForDecisions(deps)),
    repeat(NOTICES_LOOK_MS, log, () => deps.notices.sweep(deps.clock.now())),
    repeat(MAIL_LOOK_MS, log, () => askForMail(deps)),
    repeat(AWS_DUE_MS, log, () => askForEstate(deps)),
    repeat(SCHEDULES_MS, log, () => askForSchedules(deps)),
    repeat(AWS_CHANGES_MS, log, () => followChanges(deps, log, openAws)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Once at once and then again and again, never twice at the same time. */
function repeat(milliseconds: number, log: Log, work: () => Promise<unknown>): () => void {
  let isBusy = false;
  const look = async () => {
    if (isBusy) {
      return;
    }
    isBusy = true;
    try {
      await work();
    } catch (error) {
      // The database is away: the next look will tell.
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the schedule could not be read');
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(look, milliseconds);
  look();
  return () => clearInterval(timer);
}

/** When each was last asked for is a setting, so a restart does not begin anew, and of several workers one asks. */
export async function askForDueJobs(deps: Dependencies): Promise<readonly JobKind[]> {
  const now = deps.clock.now();
  const asked: JobKind[] = [];
  for (const { kind, hours } of RECURRING) {
    const last = Date.parse(String(await deps.users.setting(settingOf(kind))));
    // A time in the future was written by a clock that was wrong.
    if (last <= now.getTime() && now.getTime() - last < hours * HOUR_MS) {
      continue;
    }
    await deps.atomically(async (tx) => {
      await tx.users.saveSetting(settingOf(kind), now.toISOString(), ASKED_BY, now);
      await tx.jobs.enqueue(kind, {}, { dedupeKey: kind });
    });
    asked.push(kind);
  }
  return asked;
}

/** Asks for the end of decisions only where one is due: a job each time would fill the list with runs that had nothing to do. */
export async function askForDecisions(deps: Dependencies): Promise<boolean> {
  const now = deps.clock.now();
  if (!(await deps.suppression.isDue(now, new Date(now.getTime() - RULE_FRESH_MS)))) {
    return false;
  }
  await deps.jobs.enqueue('end-expired-rules', {}, { dedupeKey: 'end-expired-rules' });
  return true;
}

/** Decides about new notices, and asks for a job only where something is due. */
export async function askForMail(deps: Dependencies): Promise<boolean> {
  await planMail(deps);
  if (!(await deps.mail.isDue(deps.clock.now()))) {
    return false;
  }
  await deps.jobs.enqueue('send-mail', {}, { dedupeKey: 'send-mail' });
  return true;
}

/** Asks for a look at everything once an hour, and for scans where some are due. */
export async function askForEstate(deps: Dependencies): Promise<readonly JobKind[]> {
  const asked: JobKind[] = [];
  const now = deps.clock.now();
  if ((await deps.cloud.connections()).length > 0) {
    const last = Date.parse(String(await deps.users.setting(settingOf('discover-estate'))));
    if (!(last <= now.getTime() && now.getTime() - last < DISCOVERY_HOURS * HOUR_MS)) {
      await deps.atomically(async (tx) => {
        await tx.users.saveSetting(settingOf('discover-estate'), now.toISOString(), ASKED_BY, now);
        await tx.jobs.enqueue('discover-estate', { connections: [], places: [] }, { dedupeKey: 'discover-estate:' });
      });
      asked.push('discover-estate');
    }
  }
  if ((await deps.cloud.countDue(now)) > 0) {
    await deps.jobs.enqueue('scan-estate', {}, { dedupeKey: 'scan-estate' });
    asked.push('scan-estate');
  }
  return asked;
}

/** Makes targets due whose time has come and who are not quiet now; a time that was missed while nothing ran counts once. */
export async function askForSchedules(deps: Dependencies): Promise<number> {
  return deps.atomically(async (tx) => {
    const now = tx.clock.now();
    const due = await tx.targets.dueSchedules(now);
    let started = 0;
    for (const schedule of due) {
      const target = await tx.targets.target(schedule.targetId);
      const parsed = parseTargetRule(target?.rule ?? '');
      const quiet = target?.quiet ?? null;
      // A time that was missed before a quiet time is not made up for inside of it.
      const mayStart = quiet === null || !isQuiet(quiet, now);
      if (target !== null && 'rule' in parsed && mayStart) {
        await tx.targets.askFor(parsed.rule, null, now);
        started += 1;
      }
      const [nextAt = null] = nextTimes(schedule.cron, schedule.timeZone, now, 1, quiet);
      await tx.targets.saveSchedule({ ...schedule, lastAt: mayStart ? now : schedule.lastAt, nextAt });
    }
    if (started > 0) await tx.jobs.enqueue('scan-estate', {}, { dedupeKey: 'scan-estate' });
    return due.length;
  });
}

/** Takes what EventBridge put into the queues of connections and asks for a look at those places. */
export async function followChanges(deps: Dependencies, log: Log, openAws: () => AwsEstate): Promise<number> {
  const followed = (await deps.cloud.connections()).filter(({ queueArn }) => queueArn !== null);
  if (followed.length === 0) return 0;
  const aws = openAws();
  let messages = 0;
  try {
    for (const connection of followed) {
      const answer = await aws.changes(connection, CHANGES_MAX, async (places) => {
        if (places.length === 0) return;
        await deps.jobs.enqueue('discover-estate', { connections: [connection.id], places });
      });
      if (answer.state === 'read') messages += answer.value;
      else log.warn({ connection: connection.name, reason: answer.message }, 'changes could not be read');
    }
  } finally {
    aws.close();
  }
  return messages;
}

function settingOf(kind: JobKind): string {
  return `last-asked:${kind}`;
}
