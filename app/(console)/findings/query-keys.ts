import { FINDING_STATUSES, type FindingStatus } from '@/lib/core/model/finding.ts';
import type { FindingType, ResourceKind } from '@/lib/core/model/resource.ts';
import { FINDING_TYPES, RESOURCE_KINDS } from '@/lib/core/model/resource.ts';
import { SEVERITIES, type Severity } from '@/lib/core/model/severity.ts';
import type { FindingCriteria } from '@/lib/core/model/views.ts';
import type { QueryTerm } from './query.ts';

type Patch = Partial<Omit<FindingCriteria, 'sort' | 'descending'>>;
type Meaning = { readonly patch: Patch } | { readonly error: string };

/** What one key of the query language takes and means. */
export interface QueryKey {
  readonly key: string;
  /** Said in the completion list. */
  readonly hint: string;
  /** Values to offer; empty where the value is free. */
  readonly values: readonly string[];
  readonly read: (term: QueryTerm, now: Date) => Meaning;
}

const DAY = 86_400_000;

const STATUS_VALUES: Readonly<Record<string, FindingStatus>> = {
  open: 'ACTIVE',
  suppressed: 'SUPPRESSED',
  fixed: 'CLOSED',
};
const SEVERITY_VALUES = lowerCased(SEVERITIES);
const KIND_VALUES = lowerCased(RESOURCE_KINDS);
const TYPE_VALUES: Readonly<Record<string, FindingType>> = {
  package: 'PACKAGE_VULNERABILITY',
  network: 'NETWORK_REACHABILITY',
  code: 'CODE_VULNERABILITY',
};

export const QUERY_KEYS: readonly QueryKey[] = [
  { key: 'is', hint: 'status', values: ['open', 'fixed', 'suppressed', 'overdue', 'any'], read: readStatus },
  {
    key: 'severity',
    hint: 'published rating',
    values: Object.keys(SEVERITY_VALUES),
    read: listOf<Severity>('severity', SEVERITY_VALUES, SEVERITIES, (severities) => ({ severities })),
  },
  { key: 'score', hint: 'ours, 0 to 10', values: ['>=9', '>=7', '>=4'], read: readScore },
  {
    key: 'type',
    hint: 'kind of finding',
    values: Object.keys(TYPE_VALUES),
    read: listOf<FindingType>('type', TYPE_VALUES, FINDING_TYPES, (types) => ({ types })),
  },
  {
    key: 'cve',
    hint: 'id of a vulnerability',
    values: [],
    read: textOf('cve', (vulnerability) => ({ vulnerability })),
  },
  { key: 'package', hint: 'name of a package', values: [], read: textOf('package', (name) => ({ package: name })) },
  {
    key: 'fix',
    hint: 'a fixed version exists',
    values: ['yes', 'no'],
    read: flagOf('fix', 'yes', 'no', 'fixAvailable'),
  },
  {
    key: 'exploit',
    hint: 'known exploited',
    values: ['kev', 'none'],
    read: flagOf('exploit', 'kev', 'none', 'exploited'),
  },
  { key: 'resource', hint: 'name or id', values: [], read: textOf('resource', (resource) => ({ resource })) },
  {
    key: 'kind',
    hint: 'kind of resource',
    values: Object.keys(KIND_VALUES),
    read: listOf<ResourceKind>('kind', KIND_VALUES, RESOURCE_KINDS, (kinds) => ({ kinds })),
  },
  { key: 'first', hint: 'first seen since', values: ['24h', '7d', '30d'], read: readFirst },
];

function readStatus(term: QueryTerm): Meaning {
  const wanted = term.values.map((value) => value.toLowerCase());
  const known = ['any', 'overdue', ...Object.keys(STATUS_VALUES)];
  if (wanted.length === 0 || wanted.some((value) => !known.includes(value))) {
    return { error: 'is takes open, fixed, suppressed, overdue or any' };
  }
  if (wanted.includes('overdue')) {
    if (wanted.length > 1) return { error: 'is:overdue stands alone; add a second is: beside it' };
    return { patch: term.negated ? { overdue: false } : { overdue: true, statuses: ['ACTIVE'] } };
  }
  if (wanted.includes('any'))
    return term.negated ? { error: 'is:any cannot be excluded' } : { patch: { statuses: [] } };
  const statuses = wanted.flatMap((value) => STATUS_VALUES[value] ?? []);
  return { patch: { statuses: term.negated ? without(FINDING_STATUSES, statuses) : statuses } };
}

function readScore(term: QueryTerm): Meaning {
  const [value, ...more] = term.values;
  const score = Number(value?.replace(/^>=/, ''));
  const valid = value?.startsWith('>=') && value.length > 2 && score >= 0 && score <= 10;
  if (term.negated || more.length > 0 || !valid) return { error: 'score takes >= and a number from 0 to 10' };
  return { patch: { minimumScore: score } };
}

function readFirst(term: QueryTerm, now: Date): Meaning {
  const [value, ...more] = term.values;
  const since = value === undefined ? null : sinceOf(value, now);
  if (term.negated || more.length > 0 || since === null) {
    return { error: 'first takes an age such as 7d or 24h, or >= and a date such as >=2026-11-01' };
  }
  return { patch: { firstSeenAfter: since } };
}

function sinceOf(value: string, now: Date): Date | null {
  const age = /^(\d{1,4})([hd])$/.exec(value);
  if (age) return new Date(now.getTime() - Number(age[1]) * (age[2] === 'h' ? DAY / 24 : DAY));
  if (!/^>=\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const date = new Date(`${value.slice(2)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function listOf<Item extends string>(
  key: string,
  names: Readonly<Record<string, Item>>,
  all: readonly Item[],
  toPatch: (items: readonly Item[]) => Patch,
): QueryKey['read'] {
  return (term) => {
    const items = term.values.flatMap((value) => names[value.toLowerCase()] ?? []);
    if (items.length === 0 || items.length < term.values.length) {
      return { error: `${key} takes ${Object.keys(names).join(', ')}` };
    }
    return { patch: toPatch(term.negated ? without(all, items) : items) };
  };
}

function textOf(key: string, toPatch: (text: string) => Patch): QueryKey['read'] {
  return (term) => {
    const [text, ...more] = term.values;
    if (term.negated || more.length > 0 || text === undefined) return { error: `${key} takes one value` };
    return { patch: toPatch(text) };
  };
}

function flagOf(key: string, yes: string, no: string, field: 'fixAvailable' | 'exploited'): QueryKey['read'] {
  return (term) => {
    const value = term.values.length === 1 ? term.values[0]?.toLowerCase() : undefined;
    if (value !== yes && value !== no) return { error: `${key} takes ${yes} or ${no}` };
    return { patch: { [field]: (value === yes) !== term.negated } };
  };
}

function without<Item>(all: readonly Item[], some: readonly Item[]): readonly Item[] {
  return all.filter((item) => !some.includes(item));
}

function lowerCased<Item extends string>(items: readonly Item[]): Readonly<Record<string, Item>> {
  return Object.fromEntries(items.map((item) => [item.toLowerCase(), item]));
}
