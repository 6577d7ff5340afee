import { z } from 'zod';
import { type RoutingRule, toRoutingRules } from '../../core/findings/routing.ts';
import { changesBetween } from '../../core/model/activity.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { RoutingPreview } from '../../core/model/duty.ts';
import type { JobId } from '../../core/model/ids.ts';
import { noInput, parseInput } from '../console/input.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Operation } from '../operation.ts';

/** The name of the setting; the store reads it when findings are written. */
export const ROUTING_SETTING = 'routing.rules';
const FAULTS_SHOWN = 50;

/** Whose findings are whose. */
export const getRoutingRules: Operation<Record<string, never>, readonly RoutingRule[]> = {
  name: 'GetRoutingRules',
  permission: 'settings:read',
  parse: (input) => parseInput(noInput, input),
  run: (deps) => deps.duty.rules(),
};

const schema = z.object({ rules: z.unknown(), preview: z.boolean().default(false) });

interface SetRoutingRulesInput {
  readonly rules: readonly RoutingRule[];
  /** Only says what would change. */
  readonly preview: boolean;
}

interface SetRoutingRulesAnswer extends RoutingPreview {
  readonly jobId: JobId | null;
}

/** Sets the rules, or with `preview` says how many findings each owner and team would have. */
export const setRoutingRules: Operation<SetRoutingRulesInput, SetRoutingRulesAnswer> = {
  name: 'SetRoutingRules',
  permission: 'settings:write',
  parse(input) {
    const { rules: raw, preview } = parseInput(schema, input);
    const rules = toRoutingRules(raw);
    if ('faults' in rules) {
      const fields = Object.fromEntries(rules.faults.slice(0, FAULTS_SHOWN).map((fault, at) => [`rules.${at}`, fault]));
      throw new AppError('invalid-input', rules.faults[0] ?? 'A rule has a fault.', fields);
    }
    return { rules, preview };
  },
  async run(deps, caller, { rules, preview }) {
    const [effect, before] = await Promise.all([deps.duty.previewRules(rules), deps.duty.rules()]);
    if (preview) {
      return { ...effect, jobId: null };
    }
    return deps.atomically(async (tx) => {
      await tx.users.saveSetting(ROUTING_SETTING, rules, caller.userId, tx.clock.now());
      const detail = `${rules.length} rules; ${effect.changed} open findings get another owner or team.`;
      await recordJobActivity(tx, caller, 'routing-rules-changed', ROUTING_SETTING, detail, {
        changes: changesBetween(byName(before), byName(rules)),
      });
      const jobId = await tx.jobs.enqueue('apply-policy', {}, { requestedBy: caller.name });
      return { ...effect, jobId };
    });
  },
};

/** Each rule as one text, and the order that they are asked in. */
function byName(rules: readonly RoutingRule[]): object {
  const texts = rules.map(({ id, name, ...rule }) => [`${name} (${id})`, JSON.stringify(rule)] as const);
  return { ...Object.fromEntries(texts), Order: rules.map(({ name }) => name).join(', ') };
}
