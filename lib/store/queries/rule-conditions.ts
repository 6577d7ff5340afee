import { dateEnds, numberEnds } from '../../core/findings/query/ranges.ts';
import type {
  DateTerm,
  FindingQuery,
  NumberTerm,
  PackageValue,
  QueryField,
  QueryTerm,
  TextMatch,
  TextTerm,
  WordTerm,
} from '../../core/model/finding-query.ts';
import { containing, type Parameters } from './parameters.ts';

/**
 * The query as one condition on `finding f` that is true or false and never null. Null where it asks for something that no
 * column tells yet: then no rule can be made of it.
 */
export function ruleCondition({ terms }: FindingQuery, values: Parameters, now: Date): string | null {
  const conditions = terms.map((term) => termCondition(term, values, now));
  return conditions.some((one) => one === null) ? null : conditions.join(' and ');
}

/** The first field of a query that no column tells yet. */
export function unknownField({ terms }: FindingQuery, values: Parameters, now: Date): QueryField | null {
  return terms.find((term) => termCondition(term, values, now) === null)?.field ?? null;
}

function termCondition(term: QueryTerm, values: Parameters, now: Date): string | null {
  const condition = positive(term, values, now);
  if (condition === null) {
    return null;
  }
  return term.negated ? `(${condition}) is not true` : `(${condition}) is true`;
}

function positive(term: QueryTerm, values: Parameters, now: Date): string | null {
  switch (term.kind) {
    case 'word':
      return wordCondition(term, values);
    case 'text':
      return textCondition(term, values);
    case 'number':
      return numberCondition(term, values);
    case 'date':
      return dateCondition(term, values, now);
    case 'package':
      return anyOf(term.values.map((value) => packageCondition(value, values)));
    case 'tag':
      return anyOf(
        term.values.map(
          (tag) =>
            `exists (select from resource r where r.id = f.resource_id and ${isText(`r.tags ->> ${values.add(tag.key, 'text')}`, tag, values, true)})`,
        ),
      );
    case 'words':
      return anyOf(term.values.map((word) => wordsCondition(word, values)));
  }
}

function anyOf(conditions: readonly (string | null)[]): string | null {
  return conditions.some((one) => one === null) ? null : `(${conditions.join(' or ')})`;
}

const WORD_COLUMNS: Readonly<Partial<Record<WordTerm['field'], { column: string; upper?: boolean }>>> = {
  severity: { column: 'f.severity', upper: true },
  fix: { column: 'f.fix_available' },
  exploit: { column: 'f.exploit' },
  reach: { column: "coalesce(f.reach, 'unknown')" },
  kind: { column: 'f.kind' },
};

const TYPES: Readonly<Record<string, string>> = {
  package: 'PACKAGE_VULNERABILITY',
  network: 'NETWORK_REACHABILITY',
  code: 'CODE_VULNERABILITY',
  cis: 'CIS',
};

function wordCondition({ field, values: words }: WordTerm, values: Parameters): string | null {
  if (field === 'type') {
    return `f.type = any(${values.add(
      words.map((word) => TYPES[word] ?? word),
      'text[]',
    )})`;
  }
  if (field === 'source') {
    const bits = words.reduce((sum, word) => sum | (word === 'harrier' ? 1 : 2), 0);
    return `f.sources & ${bits} <> 0`;
  }
  const known = WORD_COLUMNS[field];
  if (known === undefined) {
    return null;
  }
  const wanted = known.upper ? words.map((word) => word.toUpperCase()) : words;
  return `${known.column} = any(${values.add(wanted, 'text[]')})`;
}

const OF_RESOURCE = 'from resource r where r.id = f.resource_id';
const OF_ACCOUNT = 'from account a where a.id = f.account_id';
const OF_VULNERABILITY = 'from vulnerability v where v.id = f.vulnerability_id';

/** The texts that a field asks for: columns of the finding, or a list that belongs to it. */
const TEXT_COLUMNS: Readonly<Partial<Record<TextTerm['field'], readonly string[]>>> = {
  region: ['f.region'],
  env: ['f.environment'],
  owner: ['f.owner'],
  team: ['f.team'],
};
const TEXT_LISTS: Readonly<Partial<Record<TextTerm['field'], string>>> = {
  cve: `select unnest(array[v.id] || v.aliases) as text ${OF_VULNERABILITY}`,
  related: `select unnest(v.aliases) as text ${OF_VULNERABILITY}`,
  cwe: `select unnest(v.cwes) as text ${OF_VULNERABILITY}`,
  title: 'select c.title as text from finding_content c where c.hash = f.content',
  version: `select p ->> 'version' as text from finding_content c, jsonb_array_elements(c.packages) as p where c.hash = f.content`,
  resource: `select unnest(array[r.key, r.name, case when r.key like 'arn:%' then regexp_replace(r.key, '^.*/', '') end]) as text ${OF_RESOURCE}`,
  account: `select unnest(array[a.id, a.name]) as text ${OF_ACCOUNT}`,
  ou: `select array_to_string((string_to_array(a.organizational_unit, '/'))[1:n], '/') as text
    from account a, generate_series(1, cardinality(string_to_array(a.organizational_unit, '/'))) as n where a.id = f.account_id`,
};

function textCondition({ field, values: wanted }: TextTerm, values: Parameters): string | null {
  const columns = TEXT_COLUMNS[field];
  const list = TEXT_LISTS[field];
  if (field === 'cve' && wanted.every((value) => value.kind === 'text' && !value.prefix)) {
    return byAnyName(
      wanted.flatMap((value) => (value.kind === 'text' ? value.text : [])),
      values,
    );
  }
  const source = columns === undefined ? list : `select unnest(array[${columns.join(', ')}]) as text`;
  if (source === undefined) {
    return null;
  }
  return anyOf(
    wanted.map((value) => {
      const condition = value.kind === 'word' ? 'true' : isText('t.text', value, values);
      const exists = `exists (select from (${source}) as t where coalesce(t.text, '') <> '' and ${condition})`;
      return value.kind === 'word' ? `not ${exists}` : exists;
    }),
  );
}

/** Names are looked up in the small table, so that the index of findings by vulnerability can be used. */
function byAnyName(names: readonly string[], values: Parameters): string {
  const list = values.add(
    [...new Set(names.flatMap((name) => [name, name.toUpperCase(), name.toLowerCase()]))],
    'text[]',
  );
  return `f.vulnerability_id in (select v.id from vulnerability v where v.id = any(${list}) or v.aliases && ${list})`;
}

function isText(column: string, { text, prefix }: TextMatch, values: Parameters, exactCase = false): string {
  const wanted = values.add(text, 'text');
  const [left, right] = exactCase ? [column, wanted] : [`lower(${column})`, `lower(${wanted})`];
  return prefix ? `starts_with(${left}, ${right})` : `${left} = ${right}`;
}

const NUMBER_COLUMNS: Readonly<Partial<Record<NumberTerm['field'], string>>> = {
  score: 'f.score',
  epss: `(select v.epss_probability ${OF_VULNERABILITY})`,
};

function numberCondition({ field, values: ranges }: NumberTerm, values: Parameters): string | null {
  const column = NUMBER_COLUMNS[field];
  return column === undefined
    ? null
    : anyOf(ranges.map((range) => `(${numberRange(column, numberEnds(range), values)})`));
}

function numberRange(column: string, { lower, upper }: ReturnType<typeof numberEnds>, values: Parameters): string {
  const parts = [
    ...(lower === null ? [] : [`${column} ${lower.included ? '>=' : '>'} ${values.add(lower.value, 'float8')}`]),
    ...(upper === null ? [] : [`${column} ${upper.included ? '<=' : '<'} ${values.add(upper.value, 'float8')}`]),
  ];
  return parts.length === 0 ? `${column} is not null` : parts.join(' and ');
}

const DATE_COLUMNS: Readonly<Partial<Record<DateTerm['field'], string>>> = {
  first: 'f.first_seen_at',
  last: 'f.last_seen_at',
  due: 'f.due_at',
};

function dateCondition({ field, values: ranges }: DateTerm, values: Parameters, now: Date): string | null {
  const column = DATE_COLUMNS[field];
  if (column === undefined) {
    return null;
  }
  const ahead = field === 'due';
  return anyOf(
    ranges.map((range) => {
      const { from, to } = dateEnds(range, now, ahead);
      const parts = [
        ...(from === null ? [] : [`${column} >= ${values.add(new Date(from), 'timestamptz')}`]),
        ...(to === null ? [] : [`${column} <= ${values.add(new Date(to), 'timestamptz')}`]),
      ];
      return `(${parts.length === 0 ? `${column} is not null` : parts.join(' and ')})`;
    }),
  );
}

const PACKAGE_PARTS: Readonly<Partial<Record<PackageValue['parts'][number]['part'], string>>> = {
  name: 'name',
  version: 'version',
  path: 'path',
  layer: 'layer',
};

/** All of it on one and the same package of the finding. */
function packageCondition({ parts, epoch }: PackageValue, values: Parameters): string | null {
  if (epoch !== null || parts.some(({ part }) => PACKAGE_PARTS[part] === undefined)) {
    return null;
  }
  const conditions = parts.map((part) => {
    const condition = isText(`p ->> '${PACKAGE_PARTS[part.part]}'`, part, values);
    return part.not ? `(${condition}) is not true` : condition;
  });
  return `exists (select from finding_content c, jsonb_array_elements(c.packages) as p
    where c.hash = f.content and ${conditions.join(' and ')})`;
}

function wordsCondition(word: string, values: Parameters): string {
  const pattern = values.add(containing(word.toLowerCase()), 'text');
  return `(f.vulnerability_id in (select v.id from vulnerability v where lower(v.id || ' ' || array_to_string(v.aliases, ' ')) like ${pattern})
    or f.resource_id in (select r.id from resource r where r.search like ${pattern})
    or exists (select from finding_content c where c.hash = f.content and (lower(c.title) like ${pattern}
      or exists (select from jsonb_array_elements(c.packages) as p where lower(p ->> 'name') like ${pattern}))))`;
}
