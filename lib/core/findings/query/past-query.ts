import type { FindingQuery, PastQuery, QueryField, QueryTerm } from '../../model/finding-query.ts';

const TIMELESS: ReadonlySet<QueryField> = new Set([
  'type',
  'kind',
  'cve',
  'cwe',
  'title',
  'finding',
  'related',
  'package',
  'words',
  'resource',
  'image',
  'arch',
  'digest',
  'account',
  'ou',
  'region',
  'env',
  'first',
]);

/** States that the steps of a finding tell. The others hang on an owner or a date, of which no past is kept. */
const STATES_THEN: ReadonlySet<string> = new Set([
  'any',
  'open',
  'fixed',
  'suppressed',
  'in-progress',
  'awaiting-rescan',
  'accepted',
  'false-positive',
]);

/** Restricts nothing. */
export const EVERY_PAST_FINDING: PastQuery = pastQueryOf({ terms: [] });

export function pastQueryOf({ terms }: FindingQuery): PastQuery {
  const sorts = Map.groupBy(terms, sortOf);
  const of = (sort: keyof PastQuery): FindingQuery => ({ terms: sorts.get(sort) ?? [] });
  return { timeless: of('timeless'), thatDay: of('thatDay'), presentOnly: of('presentOnly') };
}

function sortOf(term: QueryTerm): keyof PastQuery {
  if (TIMELESS.has(term.field)) return 'timeless';
  if (term.field === 'status' || term.field === 'severity' || term.field === 'score') return 'thatDay';
  return term.field === 'is' && term.values.every((word) => STATES_THEN.has(word)) ? 'thatDay' : 'presentOnly';
}
