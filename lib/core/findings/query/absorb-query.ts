import { FINDING_STATUSES, type FindingStatus } from '../../model/finding.ts';
import type { FindingQuery, QueryTerm } from '../../model/finding-query.ts';
import { FINDING_TYPES, RESOURCE_KINDS } from '../../model/resource.ts';
import { SEVERITIES } from '../../model/severity.ts';
import type { FindingCriteria } from '../../model/views.ts';
import { QUERY_FIELDS } from './query-fields.ts';

/** The statuses that a state implies; `whole` where it is nothing but one of them. */
const STATUSES_OF: Readonly<Record<string, { readonly statuses: readonly FindingStatus[]; readonly whole: boolean }>> =
  {
    open: { statuses: ['ACTIVE'], whole: true },
    suppressed: { statuses: ['SUPPRESSED'], whole: true },
    fixed: { statuses: ['CLOSED'], whole: true },
    any: { statuses: FINDING_STATUSES, whole: true },
    'in-progress': { statuses: ['ACTIVE', 'SUPPRESSED'], whole: false },
    'awaiting-rescan': { statuses: ['ACTIVE', 'SUPPRESSED'], whole: false },
    accepted: { statuses: ['ACTIVE', 'SUPPRESSED'], whole: false },
    'false-positive': { statuses: ['ACTIVE', 'SUPPRESSED'], whole: false },
    overdue: { statuses: ['ACTIVE'], whole: false },
    assigned: { statuses: FINDING_STATUSES, whole: false },
    snoozed: { statuses: FINDING_STATUSES, whole: false },
  };

type Lists = Pick<FindingCriteria, 'statuses' | 'severities' | 'kinds' | 'types'>;
type Facts = Pick<FindingCriteria, 'exploited' | 'fixAvailable' | 'overdue'>;

/** All that a list of the criteria can hold. */
const ALL: { readonly [Name in keyof Lists]: Lists[Name] } = {
  statuses: FINDING_STATUSES,
  severities: SEVERITIES,
  kinds: RESOURCE_KINDS,
  types: FINDING_TYPES,
};

/**
 * The criteria narrowed by a query. What the query says of status, severity, kind and type goes into the lists that choose
 * the range of an index, and what it says of known exploitation, fixes and due dates into the facts beside them: the kept counts
 * can answer those. The rest of it stays a query. Together they mean the same.
 */
export function absorbQuery(criteria: FindingCriteria, { terms }: FindingQuery): FindingCriteria {
  let lists: Lists = criteria;
  let facts: Facts = criteria;
  const rest: QueryTerm[] = [...(criteria.query?.terms ?? [])];
  for (const term of terms) {
    const fact = factOf(term, facts);
    const claim = fact === null || fact.overdue ? claimOf(term) : null;
    if (fact !== null && claim === null) {
      facts = { ...pickFacts(facts), ...fact };
      continue;
    }
    const narrowed = claim === null ? null : narrow(lists, claim);
    // Two lists without anything in common are left to the query, which then finds nothing: an empty list would be all.
    lists = narrowed ?? lists;
    if (narrowed !== null && fact !== null) {
      facts = { ...pickFacts(facts), ...fact };
    } else if (narrowed === null || claim === null || !claim.whole) {
      rest.push(term);
    }
  }
  return { ...criteria, ...pickLists(lists), ...pickFacts(facts), query: { terms: rest } };
}

/** The fact that the term alone says, where nothing was said of it before; null for all other terms. */
function factOf(term: QueryTerm, before: Facts): Partial<Facts> | null {
  if (term.kind !== 'word') {
    return null;
  }
  const said = saidOf(term.field, term.values, term.negated);
  const [name] = said === null ? [] : (Object.keys(said) as (keyof Facts)[]);
  return name !== undefined && before[name] === null ? said : null;
}

function saidOf(field: string, words: readonly string[], negated: boolean): Partial<Facts> | null {
  const known = Object.keys(field === 'fix' || field === 'exploit' ? QUERY_FIELDS[field].words : {});
  const wanted = known.filter((word) => words.includes(word) !== negated).join(' ');
  switch (`${field} ${wanted}`) {
    case 'exploit kev':
      return { exploited: true };
    case 'exploit public none':
      return { exploited: false };
    case 'fix no':
      return { fixAvailable: false };
    case 'fix yes partial':
      return { fixAvailable: true };
    default:
      return field === 'is' && !negated && words.join(' ') === 'overdue' ? { overdue: true } : null;
  }
}

function pickFacts({ exploited, fixAvailable, overdue }: Facts): Facts {
  return { exploited, fixAvailable, overdue };
}

interface Claim {
  readonly list: keyof Lists;
  readonly values: readonly string[];
  /** The list says all that the term says. */
  readonly whole: boolean;
}

function claimOf(term: QueryTerm): Claim | null {
  if (term.kind !== 'word') {
    return null;
  }
  switch (term.field) {
    case 'is': {
      const states = term.values.flatMap((word) => STATUSES_OF[word] ?? []);
      const whole = states.every((state) => state.whole);
      return term.negated && !whole
        ? null
        : claim(
            'statuses',
            states.flatMap((state) => state.statuses),
            term.negated,
            whole,
          );
    }
    case 'status':
      return claim('statuses', term.values.map(upperCase), term.negated, true);
    case 'severity':
      return claim('severities', term.values.map(upperCase), term.negated, true);
    case 'kind':
      return claim('kinds', term.values, term.negated, true);
    case 'type':
      return claim('types', term.values.map(typeOf), term.negated, true);
    default:
      return null;
  }
}

function claim(list: keyof Lists, values: readonly string[], negated: boolean, whole: boolean): Claim | null {
  const all: readonly string[] = ALL[list];
  if (!values.every((value) => all.includes(value))) {
    return null;
  }
  return { list, values: all.filter((value) => values.includes(value) !== negated), whole };
}

function narrow(lists: Lists, { list, values }: Claim): Lists | null {
  const before: readonly string[] = lists[list].length === 0 ? ALL[list] : lists[list];
  const both = before.filter((value) => values.includes(value));
  if (both.length === 0) {
    return null;
  }
  return { ...pickLists(lists), [list]: both.length === ALL[list].length ? [] : both };
}

function pickLists({ statuses, severities, kinds, types }: Lists): Lists {
  return { statuses, severities, kinds, types };
}

function upperCase(word: string): string {
  return word.toUpperCase();
}

function typeOf(word: string): string {
  const groups = Object.entries(QUERY_FIELDS.type.inspectorWords);
  return groups.find(([, words]) => words.includes(word))?.[0] ?? word;
}
