import { nextTimes } from '../../core/coverage/schedule-times.ts';
import { parseTargetRule } from '../../core/coverage/target-rule.ts';
import type { ScanSchedule, ScanTarget, TargetPreview } from '../../core/model/scan-target.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

export interface ScheduleView extends ScanSchedule {
  /** The next five times. */
  readonly next: readonly Date[];
}

export interface TargetView extends ScanTarget {
  /** What belongs to it now, of what the reader may see. */
  readonly now: TargetPreview;
  readonly schedules: readonly ScheduleView[];
}

const SHOWN = 5;

/** Targets with what belongs to each now, and when they are scanned. */
export const listTargets: Operation<Record<string, never>, readonly TargetView[]> = {
  name: 'ListTargets',
  permission: 'scans:read',
  parse: (input) => parseInput(noInput, input),
  async run(deps, caller) {
    const [targets, schedules] = await Promise.all([deps.targets.targets(), deps.targets.schedules()]);
    const now = deps.clock.now();
    return Promise.all(
      targets.map(async (target) => {
        const parsed = parseTargetRule(target.rule);
        if ('fault' in parsed) throw new Error(`the rule of target ${target.id} cannot be read: ${parsed.fault}`);
        const own = schedules.filter(({ targetId }) => targetId === target.id);
        return {
          ...target,
          now: await deps.targets.preview(parsed.rule, caller.accounts),
          schedules: own.map((schedule) => ({
            ...schedule,
            next: schedule.isOn ? nextTimes(schedule.cron, schedule.timeZone, now, SHOWN, target.quiet) : [],
          })),
        };
      }),
    );
  },
};
