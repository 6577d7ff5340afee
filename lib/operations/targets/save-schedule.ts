import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { nextTimes, scheduleFault } from '../../core/coverage/schedule-times.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const form = z.object({
  id: z.union([z.literal(''), z.uuid()]).default(''),
  targetId: z.uuid(),
  cron: z.string().trim().max(100),
  timeZone: z.string().trim().max(64).default('UTC'),
  isOn: z
    .union([z.boolean(), z.enum(['true', 'false', 'on', '']).transform((text) => text === 'true' || text === 'on')])
    .default(true),
});

/** Keeps when a target is scanned by itself. */
export const saveSchedule: Operation<z.output<typeof form>, { readonly id: string }> = {
  name: 'SaveSchedule',
  permission: 'settings:write',
  parse(input) {
    const parsed = parseForm(form, input);
    const fault = scheduleFault(parsed.cron, parsed.timeZone);
    if (fault !== null) {
      throw new AppError('invalid-input', fault, { [fault.includes('time zone') ? 'timeZone' : 'cron']: fault });
    }
    return parsed;
  },
  run: (deps, caller, { id, targetId, cron, timeZone, isOn }) =>
    deps.atomically(async (tx) => {
      const target = await tx.targets.target(targetId);
      if (target === null) throw new AppError('not-found', 'There is no such target any more.');
      const known = (await tx.targets.schedules()).find((one) => one.id === id);
      const [nextAt = null] = isOn ? nextTimes(cron, timeZone, tx.clock.now(), 1, target.quiet) : [];
      if (isOn && nextAt === null) {
        const fault = 'Each of its times is in the quiet time of the target.';
        throw new AppError('invalid-input', fault, { cron: fault });
      }
      const schedule = {
        id: known?.id ?? randomUUID(),
        targetId,
        cron,
        timeZone,
        isOn,
        lastAt: known?.lastAt ?? null,
        nextAt,
      };
      await tx.targets.saveSchedule(schedule);
      await recordPersonActivity(
        tx,
        caller,
        'scan-schedule-saved',
        target.name,
        `${cron} (${timeZone})${isOn ? '' : ', switched off'}.`,
      );
      return { id: schedule.id };
    }),
};
