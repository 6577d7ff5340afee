import { z } from 'zod';
import { type SlaPolicy, toSlaPolicy } from '../../core/findings/sla-policy.ts';
import { changesBetween } from '../../core/model/activity.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { DutyPreview } from '../../core/model/duty.ts';
import type { JobId } from '../../core/model/ids.ts';
import { noInput, parseInput } from '../console/input.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Operation } from '../operation.ts';

/** The name of the setting; the store reads it when findings are written. */
export const SLA_SETTING = 'sla.policy';

/** When findings have to be fixed. */
export const getSlaPolicy: Operation<Record<string, never>, SlaPolicy> = {
  name: 'GetSlaPolicy',
  permission: 'settings:read',
  parse: (input) => parseInput(noInput, input),
  run: (deps) => deps.duty.policy(),
};

const schema = z.object({ policy: z.unknown(), preview: z.boolean().default(false) });

interface SetSlaPolicyInput {
  readonly policy: SlaPolicy;
  /** Only says what would change. */
  readonly preview: boolean;
}

interface SetSlaPolicyAnswer extends DutyPreview {
  /** The job that brings stored findings up to the policy; null for a preview. */
  readonly jobId: JobId | null;
}

/** Sets the policy, or with `preview` says what it would do: "118 overdue becomes 164". */
export const setSlaPolicy: Operation<SetSlaPolicyInput, SetSlaPolicyAnswer> = {
  name: 'SetSlaPolicy',
  permission: 'settings:write',
  parse(input) {
    const { policy: raw, preview } = parseInput(schema, input);
    const policy = toSlaPolicy(raw);
    if ('faults' in policy) {
      throw new AppError('invalid-input', Object.values(policy.faults)[0] ?? 'The policy has a fault.', policy.faults);
    }
    return { policy, preview };
  },
  async run(deps, caller, { policy, preview }) {
    const now = deps.clock.now();
    const [effect, before] = await Promise.all([deps.duty.previewPolicy(policy, now), deps.duty.policy()]);
    if (preview) {
      return { ...effect, jobId: null };
    }
    return deps.atomically(async (tx) => {
      await tx.users.saveSetting(SLA_SETTING, policy, caller.userId, now);
      const detail = `Policy ${policy.version}: ${effect.before.overdue} overdue becomes ${effect.after.overdue}.`;
      await recordJobActivity(tx, caller, 'sla-policy-changed', SLA_SETTING, detail, {
        changes: changesBetween(before, policy),
      });
      // Not one with a job that runs: it may have passed some findings by the policy of before.
      const jobId = await tx.jobs.enqueue('apply-policy', {}, { requestedBy: caller.name });
      return { ...effect, jobId };
    });
  },
};
