import { z } from 'zod';
import { needsTwo, refusedAsBroad } from '../../core/findings/suppression.ts';
import type { RuleEffect } from '../../core/model/suppression.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { queryInput, requireRuleQuery } from './rule-of-input.ts';

const form = z.object({ query: queryInput });

export interface RulePreview {
  /** The query as the rule would keep it. */
  readonly query: string;
  readonly effect: RuleEffect;
  readonly needsTwo: boolean;
  /** Why no such rule can be made; null when it can. */
  readonly refused: string | null;
}

/** What a rule would hide in the caller's accounts, now and in the past, before anybody writes it. */
export const previewSuppressionRule: Operation<z.output<typeof form>, RulePreview> = {
  name: 'PreviewSuppressionRule',
  permission: 'suppression:propose',
  parse: (input) => parseForm(form, input),
  async run(deps, caller, input) {
    const { query, text } = requireRuleQuery(deps, caller, input.query);
    const effect = await deps.suppression.effect({ query, accounts: caller.accounts }, null, deps.clock.now());
    return { query: text, effect, needsTwo: needsTwo(effect), refused: refusedAsBroad(effect) };
  },
};
