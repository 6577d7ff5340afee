import type { QueryTerm } from '../../core/model/finding-query.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import type { Parameters } from '../queries/parameters.ts';
import { queryConditions, type ResolvedTerm } from '../queries/query-conditions.ts';

/** What one person alone cannot hide. */
export const GRAVE = '(f.kev or f.severity_order = 5)';

/** The query of a rule in the accounts that it reaches, as conditions on `finding f`. */
export function ruleConditions(
  rule: { readonly terms: readonly ResolvedTerm[]; readonly accounts: readonly string[] | null },
  values: Parameters,
  now: Date,
): readonly string[] {
  return [
    ...(rule.accounts === null ? [] : [`f.account_id = any(${values.add(rule.accounts, 'text[]')})`]),
    ...rule.terms.flatMap(({ term }) => bandsOf(term, values)),
    ...queryConditions(rule.terms, values, now),
  ];
}

/** The indexes hold severities by their order, so the words are told as that too. */
function bandsOf(term: QueryTerm, values: Parameters): readonly string[] {
  if (term.kind !== 'word' || term.field !== 'severity' || term.negated) {
    return [];
  }
  const orders = SEVERITIES.flatMap((band, place) => (term.values.includes(band.toLowerCase()) ? 5 - place : []));
  return [`f.severity_order = any(${values.add(orders, 'smallint[]')})`];
}
