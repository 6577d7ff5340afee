import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseTargetRule } from '../../core/coverage/target-rule.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

/** A rule that can be read, kept as it was written. */
export const ruleInput = z
  .string()
  .trim()
  .max(4_000)
  .superRefine((text, context) => {
    const parsed = parseTargetRule(text);
    if ('fault' in parsed) context.addIssue({ code: 'custom', message: parsed.fault });
  });

const form = z.object({
  id: z.union([z.literal(''), z.uuid()]).default(''),
  name: z.string().trim().min(1, 'Give the target a name.').max(100),
  rule: ruleInput.refine((text) => text !== '', 'Say what belongs to it, such as tag:Production=True.'),
});

/** Keeps a target; scans that are on schedule follow its rule from now on. */
export const saveTarget: Operation<z.output<typeof form>, { readonly id: string }> = {
  name: 'SaveTarget',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id, name, rule }) =>
    deps.atomically(async (tx) => {
      const target = { id: id || randomUUID(), name, rule, updatedBy: caller.email, updatedAt: tx.clock.now() };
      await tx.targets.saveTarget(target);
      await recordPersonActivity(tx, caller, 'scan-target-saved', name, rule);
      return { id: target.id };
    }),
};
