import { z } from 'zod';
import { quietInWords, WEEK_MINUTES } from '../../core/coverage/quiet-time.ts';
import { isTimeZone, nextTimes } from '../../core/coverage/schedule-times.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { QuietTime } from '../../core/model/scan-target.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const minute = z
  .int()
  .min(0)
  .max(WEEK_MINUTES - 1);
const schema = z.object({
  id: z.uuid(),
  quiet: z
    .object({ from: minute, to: minute, timeZone: z.string().max(64).refine(isTimeZone, 'That is no time zone.') })
    .refine(({ from, to }) => from !== to, 'A quiet time ends at another time than it begins.')
    .nullable(),
});

/** Says when no scan of a target starts by itself, and sets the next times of its schedules by that. */
export const saveQuietTime: Operation<{ readonly id: string; readonly quiet: QuietTime | null }, null> = {
  name: 'SaveQuietTime',
  permission: 'settings:write',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { id, quiet }) =>
    deps.atomically(async (tx) => {
      const target = await tx.targets.target(id);
      if (target === null) throw new AppError('not-found', 'There is no such target any more.');
      await tx.targets.saveQuiet(id, quiet);
      const own = (await tx.targets.schedules()).filter(({ targetId, isOn }) => targetId === id && isOn);
      for (const schedule of own) {
        const [nextAt = null] = nextTimes(schedule.cron, schedule.timeZone, tx.clock.now(), 1, quiet);
        if (nextAt === null) {
          throw new AppError(
            'conflict',
            `Each time of the schedule ${schedule.cron} is in it: it would never start. Change that schedule first.`,
          );
        }
        await tx.targets.saveSchedule({ ...schedule, nextAt });
      }
      const detail =
        quiet === null ? 'No quiet time any more.' : `Quiet from ${quietInWords(quiet)} (${quiet.timeZone}).`;
      await recordPersonActivity(tx, caller, 'scan-target-saved', target.name, detail);
      return null;
    }),
};
