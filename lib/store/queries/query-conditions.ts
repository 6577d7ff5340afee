import { QUERY_FIELDS } from '../../core/findings/query/query-fields.ts';
import { dateEnds } from '../../core/findings/query/ranges.ts';
import type {
  DateField,
  DateRange,
  DateTerm,
  FindingQuery,
  NumberTerm,
  QueryField,
  QueryTerm,
  TextMatch,
  TextTerm,
} from '../../core/model/finding-query.ts';
import type { Sql } from '../sql.ts';
import { type Parameters, parameters } from './parameters.ts';
import { type NameSelect, namesOf, numberCondition } from './query-names.ts';
import { wordCondition } from './query-states.ts';
import { allOf, anyOf, textsOf } from './text-match.ts';

/** So many names are carried into the statement; where there are more, each row is asked, and soon enough of them match. */
const NAMES_MAX = 5_000;

/** A term with the names that it stands for. */
export interface ResolvedTerm {
  readonly term: QueryTerm;
  readonly names: readonly { readonly select: NameSelect; readonly found: readonly string[] | null }[];
}

/**
 * Fields that nothing is stored of yet, so that no finding is equal to them. A filter that asks for one finds nothing; one that
 * excludes it loses nothing.
 */
export const NOT_STORED: Readonly<Partial<Record<QueryField, string>>> = {
  'inspector-score': 'the score after Amazon Inspector is worked out when a finding is shown',
  'vuln-source': 'advisories of several sources are merged into one vulnerability',
  'vendor-severity': "the publisher's word is kept for the score only",
  control: 'no benchmark is run',
  registry: 'an image is stored under its whole name; ask for image:',
  'in-use': 'only who runs an image now is kept; ask for in-use-count:',
  protocol: 'no paths are worked out',
  port: 'no paths are worked out',
  component: 'no paths are worked out',
  'component-type': 'no paths are worked out',
  role: 'roles of functions are not collected',
  detector: 'no code is scanned',
  'detector-tag': 'no code is scanned',
  file: 'no code is scanned',
  project: 'no code is scanned',
  provider: 'no code is scanned',
};

/** Looks the names of a query up in the small tables, so that the large one is never searched for letters. */
export function resolveQuery(sql: Sql, { terms }: FindingQuery): Promise<readonly ResolvedTerm[]> {
  return Promise.all(
    terms.map(async (term) => ({
      term,
      names: await Promise.all(namesOf(term).map(async (select) => ({ select, found: await lookUp(sql, select) }))),
    })),
  );
}

async function lookUp(sql: Sql, { select }: NameSelect): Promise<readonly string[] | null> {
  const values = parameters();
  const text = `select name::text as name from (${select(values)}) as names limit ${NAMES_MAX + 1}`;
  const rows = await sql.query<{ name: string }>(text, values.values);
  return rows.length > NAMES_MAX ? null : rows.map(({ name }) => name);
}

/** A condition on `finding f` for each term. Every value is a parameter. */
export function queryConditions(terms: readonly ResolvedTerm[], values: Parameters, now: Date): string[] {
  return terms.map(({ term, names }) => {
    const condition = anyOf([
      ...names.map(({ select, found }) => nameCondition(select, found, values)),
      ...rowConditions(term, values, now),
    ]);
    return term.negated ? `not coalesce(${condition}, false)` : condition;
  });
}

function nameCondition(select: NameSelect, found: readonly string[] | null, values: Parameters): string {
  const { column, type } = select;
  return found === null ? select.perRow(values) : `f.${column} = any(${values.add(found, `${type}[]`)})`;
}

/** What the row of a finding tells by itself. */
function rowConditions(term: QueryTerm, values: Parameters, now: Date): readonly string[] {
  switch (term.kind) {
    case 'word':
      return [wordCondition(term.field, term.values, values, now)];
    case 'text':
      return textConditions(term, values);
    case 'number':
      return numberConditions(term, values);
    case 'date':
      return dateConditions(term, values, now);
    case 'package':
    case 'tag':
    case 'words':
      return [];
  }
}

const HOLDER_COLUMNS = { owner: 'owner', team: 'team', env: 'environment' } as const;

function textConditions({ field, values: wanted }: TextTerm, values: Parameters): readonly string[] {
  if (field === 'finding') {
    return textsOf(wanted).map((match) => arnCondition(match, values));
  }
  const asksForNone = wanted.some((value) => value.kind === 'word' && value.word === 'none');
  if (asksForNone && (field === 'owner' || field === 'team' || field === 'env')) {
    return [`coalesce(f.${HOLDER_COLUMNS[field]}, '') = ''`];
  }
  return [];
}

const ARN_START = 'arn:aws:inspector2:';

/** The ARN of a finding is made of its region, account and key, so its parts are compared. */
function arnCondition({ text, prefix }: TextMatch, values: Parameters): string {
  const arn = text.toLowerCase();
  if (!arn.startsWith(ARN_START)) {
    return prefix && ARN_START.startsWith(arn) ? 'true' : 'false';
  }
  const [region = '', account, ...rest] = arn.slice(ARN_START.length).split(':');
  const last = rest.join(':');
  const isWhole = { region: account !== undefined, account: rest.length > 0 };
  if (!prefix && !/^finding\/[0-9a-f]{32}$/.test(last)) {
    return 'false';
  }
  return allOf([
    columnCondition('region', region, isWhole.region, values),
    account === undefined ? null : columnCondition('account_id', account, isWhole.account, values),
    isWhole.account ? keyCondition(last, values) : null,
  ]);
}

function columnCondition(column: string, text: string, isWhole: boolean, values: Parameters): string {
  const name = `lower(f.${column} collate "C")`;
  return isWhole ? `${name} = ${values.add(text, 'text')}` : `starts_with(${name}, ${values.add(text, 'text')})`;
}

/** The keys that begin so are those between two. */
function keyCondition(text: string, values: Parameters): string {
  const digits = text.slice('finding/'.length);
  if (!'finding/'.startsWith(text) && !/^finding\/[0-9a-f]{0,32}$/.test(text)) {
    return 'false';
  }
  const [first, last] = [digits.padEnd(32, '0'), digits.padEnd(32, 'f')];
  return `f.key between ${values.add(first, 'uuid')} and ${values.add(last, 'uuid')}`;
}

function numberConditions({ field, values: ranges }: NumberTerm, values: Parameters): readonly string[] {
  // A finding without a score has -1 there.
  return field === 'score'
    ? ranges.map((range) => `(f.score_order >= 0 and ${numberCondition('f.score_order', range, values)})`)
    : [];
}

const DATE_COLUMNS: Readonly<Partial<Record<DateField, string>>> = {
  first: 'first_seen_at',
  last: 'last_seen_at',
  updated: 'updated_at',
  due: 'due_at',
};

/** Times that AWS told of a resource. */
const CLOUD_DATES: Readonly<Partial<Record<DateField, string>>> = { pushed: 'pushedAt', modified: 'modifiedAt' };

function dateConditions({ field, values: ranges }: DateTerm, values: Parameters, now: Date): readonly string[] {
  const column = DATE_COLUMNS[field];
  if (column !== undefined) {
    return ranges.map((range) => dateCondition(`f.${column}`, range, QUERY_FIELDS[field].ahead, values, now));
  }
  const fact = CLOUD_DATES[field];
  if (fact === undefined) return [];
  const time = `(r.cloud ->> '${fact}')::timestamptz`;
  const conditions = ranges.map((range) => dateCondition(time, range, false, values, now));
  return [`exists (select from resource r where r.id = f.resource_id and ${anyOf(conditions)})`];
}

function dateCondition(column: string, range: DateRange, ahead: boolean, values: Parameters, now: Date): string {
  const { from, to } = dateEnds(range, now, ahead);
  return allOf([
    from === null ? null : `${column} >= ${values.add(new Date(from), 'timestamptz')}`,
    to === null ? null : `${column} <= ${values.add(new Date(to), 'timestamptz')}`,
  ]);
}
