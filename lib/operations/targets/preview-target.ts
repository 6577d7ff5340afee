import { z } from 'zod';
import { parseTargetRule } from '../../core/coverage/target-rule.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { TargetPreview, TargetRule } from '../../core/model/scan-target.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { ruleInput } from './save-target.ts';

const form = z.object({ rule: ruleInput, id: z.union([z.literal(''), z.uuid()]).default('') });
/** Counts beside conditions; a rule with more has none beside the others. */
const CONDITIONS_MAX = 20;

export interface RulePreview extends TargetPreview {
  /** How many are left after each of the conditions that all have to hold, in their order. */
  readonly left: readonly number[];
  /** Against the rule that is kept; null for a target that is not there yet. */
  readonly change: { readonly before: number; readonly joining: number; readonly leaving: number } | null;
}

/** What a rule names now, and what it would change in a target, before anybody saves or runs it. */
export const previewTarget: Operation<z.output<typeof form>, RulePreview> = {
  name: 'PreviewTarget',
  permission: 'scans:read',
  parse: (input) => parseForm(form, input),
  async run(deps, caller, { rule, id }) {
    const parsed = parseTargetRule(rule);
    if ('fault' in parsed) throw new AppError('invalid-input', parsed.fault, { rule: parsed.fault });
    const kept = id === '' ? null : await keptRule(deps, id);
    const changed = kept === null ? [] : [kept, without(parsed.rule, kept), without(kept, parsed.rule)];
    const steps = stepsOf(parsed.rule);
    const [preview, counts] = await Promise.all([
      deps.targets.preview(parsed.rule, caller.accounts),
      deps.targets.counts([...changed, ...steps], caller.accounts),
    ]);
    const [before = 0, joining = 0, leaving = 0] = counts;
    return {
      ...preview,
      left: counts.slice(changed.length),
      change: kept === null ? null : { before, joining, leaving },
    };
  },
};

async function keptRule({ targets }: Dependencies, id: string): Promise<TargetRule | null> {
  const parsed = parseTargetRule((await targets.target(id))?.rule ?? '');
  return 'rule' in parsed ? parsed.rule : null;
}

function without(rule: TargetRule, other: TargetRule): TargetRule {
  return { is: 'all', of: [rule, { is: 'not', of: other }] };
}

/** The rule cut off after each of its conditions. */
function stepsOf(rule: TargetRule): readonly TargetRule[] {
  const conditions = rule.is === 'all' ? rule.of.slice(0, CONDITIONS_MAX) : [rule];
  return conditions.map((_condition, index) => ({ is: 'all', of: conditions.slice(0, index + 1) }));
}
