import { parseTargetRule } from '@/lib/core/coverage/target-rule.ts';
import type { TargetRule } from '@/lib/core/model/scan-target.ts';

/** What a rule is drawn from: its terms, and the words between them. */
export type RulePart =
  | { readonly is: 'term'; readonly isNot: boolean; readonly key: string; readonly text: string }
  | { readonly is: 'word'; readonly text: string };

/** The parts of a rule in the order in which they are read. */
export function rulePartsOf(text: string): readonly RulePart[] {
  const parsed = parseTargetRule(text);
  if ('fault' in parsed) return [word(text)];
  const parts = partsOf(parsed.rule, false);
  return parts.length === 0 ? [word('everything')] : parts;
}

/** `isInside`: among terms that all have to hold, where an `or` needs brackets. */
function partsOf(rule: TargetRule, isInside: boolean): readonly RulePart[] {
  switch (rule.is) {
    case 'term':
      return [term(rule, false)];
    case 'not':
      return rule.of.is === 'term' ? [term(rule.of, true)] : [word('not'), ...bracketed(partsOf(rule.of, false))];
    case 'all':
      return rule.of.flatMap((one) => partsOf(one, true));
    case 'any': {
      const parts = rule.of.flatMap((one, index) => [...(index === 0 ? [] : [word('or')]), ...partsOf(one, false)]);
      return isInside ? bracketed(parts) : parts;
    }
  }
}

function term({ key, name, value }: Extract<TargetRule, { is: 'term' }>, isNot: boolean): RulePart {
  if (key !== 'tag') return { is: 'term', isNot, key, text: value ?? '' };
  return { is: 'term', isNot, key, text: value === null ? name : `${name} = ${value}` };
}

function bracketed(parts: readonly RulePart[]): readonly RulePart[] {
  return [word('('), ...parts, word(')')];
}

function word(text: string): RulePart {
  return { is: 'word', text };
}
