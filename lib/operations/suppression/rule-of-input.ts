import { z } from 'zod';
import { type ReadRuleQuery, readRuleQuery, refusedAsBroad, seesSome } from '../../core/findings/suppression.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { RuleEffect, SuppressionRule } from '../../core/model/suppression.ts';
import type { Dependencies } from '../dependencies.ts';

export const ruleIdInput = z.string().min(1).max(20);
export const queryInput = z.string().max(20_000, 'The query is too long.');
/** A form sends a day or a time as text. */
export const timeInput = z.coerce.date({ error: 'Give a date.' });
export const reasonInput = z.string().trim().min(1, 'Say why.').max(512, 'Say why in at most 512 characters.');

type ReadQuery = Exclude<ReadRuleQuery, { readonly error: string }>;

/** The query as it is kept, with the caller in place of `me`. Throws AppError `invalid-input`. */
export function requireRuleQuery(deps: Dependencies, caller: Caller, text: string): ReadQuery {
  const read = readRuleQuery(text, caller.userId);
  if ('error' in read) {
    throw new AppError('invalid-input', read.error, { query: read.error });
  }
  deps.suppression.checkQuery(read.query);
  return read;
}

/** The rule, as far as the caller may know of it. Throws AppError `not-found`. */
export async function requireRule(deps: Dependencies, caller: Caller, id: string): Promise<SuppressionRule> {
  const rule = await deps.suppression.byId(id);
  if (rule === null || !seesSome(caller.accounts, rule.accounts)) {
    throw new AppError('not-found', 'There is no such rule.');
  }
  return rule;
}

/** Throws AppError `invalid-input` with the figures when a rule would hide too much. */
export function requireNarrow(effect: RuleEffect): void {
  const refused = refusedAsBroad(effect);
  if (refused !== null) {
    throw new AppError('invalid-input', refused, { query: refused });
  }
}

/** Throws AppError `access-denied` with the reason, where there is one. */
export function requireAllowed(refused: string | null): void {
  if (refused !== null) {
    throw new AppError('access-denied', refused);
  }
}
