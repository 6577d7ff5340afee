import { z } from 'zod';
import type { ScanPolicy } from '../../core/coverage/eligibility.ts';
import { LIFETIME_DAYS, toScanPolicy } from '../../core/coverage/scan-policy.ts';
import { changesBetween } from '../../core/model/activity.ts';
import { AppError } from '../../core/model/app-error.ts';
import { DISCOVERED_SERVICES } from '../../core/model/cloud.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Caller } from '../../core/model/permissions.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { noInput, parseInput } from '../console/input.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';

/** The setting that holds it. */
export const SCAN_POLICY_SETTING = 'scan.policy';

/** What is scanned in AWS, how, and for how long. */
export const getScanPolicy: Operation<Record<string, never>, ScanPolicy> = {
  name: 'GetScanPolicy',
  permission: 'settings:read',
  parse: (input) => parseInput(noInput, input),
  run: async (deps) => toScanPolicy(await deps.users.setting(SCAN_POLICY_SETTING)),
};

const days = z.coerce.number('Give days as a whole number.').int().min(1, 'Give at least one day.').max(LIFETIME_DAYS);
/** A box of a form is "on" or not sent at all. */
const box = z
  .union([z.boolean(), z.string()])
  .optional()
  .transform((value) => value === true || value === 'on' || value === 'true');

const form = z.object({
  ec2: box,
  ecr: box,
  lambda: box,
  ec2Mode: z.enum(['hybrid', 'agent']),
  ec2Command: box,
  imagePushedDays: days,
  imageUsedDays: days,
  imageUsedBy: z.enum(['in-use', 'pull']),
  functionDays: days,
});

/** Sets it; every resource is judged anew by a look at the estate. */
export const setScanPolicy: Operation<z.output<typeof form>, { readonly jobId: JobId | null }> = {
  name: 'SetScanPolicy',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { ec2, ecr, lambda, ...policy }) =>
    changePolicy(deps, caller, () => ({ ...policy, scans: { ec2, ecr, lambda } })),
};

const widening = z.object({
  scans: z.array(z.enum(DISCOVERED_SERVICES)).max(DISCOVERED_SERVICES.length).default([]),
  snapshots: z.boolean().default(false),
});

/** Switches scans of services on, or snapshots of what SSM does not tell of, and leaves the rest of the policy as it is. */
export const widenScanPolicy: Operation<z.output<typeof widening>, { readonly jobId: JobId | null }> = {
  name: 'WidenScanPolicy',
  permission: 'settings:write',
  parse: (input) => parseInput(widening, input),
  run: (deps, caller, { scans, snapshots }) =>
    changePolicy(deps, caller, (before) => {
      const after: ScanPolicy = {
        ...before,
        ec2Mode: snapshots ? 'hybrid' : before.ec2Mode,
        scans: { ...before.scans, ...Object.fromEntries(scans.map((service) => [service, true])) },
      };
      if (changesBetween(before, after).length === 0) throw new AppError('conflict', 'That is switched on already.');
      return after;
    }),
};

/** Saves what becomes of the policy, has every resource judged anew where AWS is connected, and says so in Activity. */
function changePolicy(
  deps: Dependencies,
  caller: Caller,
  change: (before: ScanPolicy) => ScanPolicy,
): Promise<{ readonly jobId: JobId | null }> {
  return deps.atomically(async (tx) => {
    const now = tx.clock.now();
    const before = toScanPolicy(await tx.users.setting(SCAN_POLICY_SETTING));
    const after = change(before);
    await tx.users.saveSetting(SCAN_POLICY_SETTING, after, caller.userId, now);
    const isConnected = (await tx.cloud.connections()).length > 0;
    const jobId = isConnected
      ? await tx.jobs.enqueue(
          'discover-estate',
          { connections: [], places: [] },
          { dedupeKey: 'discover-estate:', requestedBy: caller.name, priority: PERSON_PRIORITY },
        )
      : null;
    const detail = 'What is scanned in AWS was changed.';
    await recordJobActivity(tx, caller, 'scan-policy-changed', SCAN_POLICY_SETTING, detail, {
      changes: changesBetween(before, after),
    });
    return { jobId };
  });
}
