import { foldCase } from '../../core/findings/query/fold-case.ts';
import { numberEnds } from '../../core/findings/query/ranges.ts';
import type {
  NumberRange,
  NumberTerm,
  PackagePart,
  PackageValue,
  QueryTerm,
  TagValue,
  TextField,
  TextMatch,
} from '../../core/model/finding-query.ts';
import { containing, type Parameters } from './parameters.ts';
import { allOf, anyOf, containsAny, escaped, isPlainText, textCondition, textsOf } from './text-match.ts';

/** Keys of a small table that a term stands for: findings with one of them in the column are meant. */
export interface NameSelect {
  readonly column:
    | 'vulnerability_id'
    | 'resource_id'
    | 'account_id'
    | 'content'
    | 'region'
    | 'environment'
    | 'owner'
    | 'team';
  readonly type: 'text' | 'bigint' | 'uuid';
  /** A statement that gives them as `name`. */
  readonly select: (values: Parameters) => string;
  /** The same asked of the row of one finding, for where they are too many to carry about. */
  readonly perRow: (values: Parameters) => string;
}

/** What is to be looked up for a term; nothing where the rows of findings themselves tell. */
export function namesOf(term: QueryTerm): readonly NameSelect[] {
  switch (term.kind) {
    case 'text': {
      const matches = textsOf(term.values);
      const select = TEXT_SELECTS[term.field];
      return select === undefined || matches.length === 0 ? [] : [select(matches)];
    }
    case 'number':
      return numberNames(term);
    case 'package':
      return [inContents((values) => anyOf(term.values.map((value) => packageCondition(value, values))))];
    case 'tag':
      return [inResources((values) => anyOf(term.values.map((value) => tagCondition(value, values))))];
    case 'words':
      return wordSelects(term.values);
    case 'word':
    case 'date':
      return [];
  }
}

function numberNames({ field, values: ranges }: NumberTerm): readonly NameSelect[] {
  if (field === 'epss') {
    return [
      inVulnerabilities((values) => anyOf(ranges.map((range) => numberCondition('v.epss_probability', range, values)))),
    ];
  }
  const count = "(r.cloud -> 'inUse' ->> 'count')::int";
  return field === 'in-use-count'
    ? [inResources((values) => anyOf(ranges.map((range) => numberCondition(count, range, values))))]
    : [];
}

function amongCloud(list: 'tags' | 'layers', condition: string): string {
  return `exists (select from jsonb_array_elements_text(r.cloud -> '${list}') as t(value) where ${condition})`;
}

/** Fields of text that stand in a small table. */
const TEXT_SELECTS: Partial<Record<TextField, (matches: readonly TextMatch[]) => NameSelect>> = {
  cve: (matches) =>
    inVulnerabilities((values) =>
      anyOf([
        allOf([containsAny("lower(v.id || ' ' || v.title)", matches, values), textCondition('v.id', matches, values)]),
        aliasCondition(matches, values),
      ]),
    ),
  related: (matches) => inVulnerabilities((values) => aliasCondition(matches, values)),
  cwe: (matches) =>
    inVulnerabilities(
      (values) => `exists (select from unnest(v.cwes) as c where ${textCondition('c', matches, values)})`,
    ),
  version: (matches) => inContents((values) => versionCondition(matches, values)),
  title: (matches) => inContents((values) => textCondition('c.title', matches, values)),
  resource: (matches) => inResources((values) => resourceCondition(matches, values)),
  image: (matches) => inResources((values) => imageCondition(matches, values)),
  digest: (matches) => inResources((values) => textCondition("r.image ->> 'digest'", matches, values)),
  arch: (matches) =>
    inResources((values) => textCondition("split_part(r.image ->> 'platform', '/', 2)", matches, values)),
  ami: (matches) => inResources((values) => textCondition("r.cloud ->> 'imageId'", matches, values)),
  vpc: (matches) => inResources((values) => textCondition("r.cloud ->> 'vpcId'", matches, values)),
  subnet: (matches) => inResources((values) => textCondition("r.cloud ->> 'subnetId'", matches, values)),
  repo: (matches) => inResources((values) => textCondition("r.cloud ->> 'repository'", matches, values)),
  'image-tag': (matches) =>
    inResources((values) => amongCloud('tags', textCondition('t.value', matches, values, true))),
  layer: (matches) => inResources((values) => amongCloud('layers', textCondition('t.value', matches, values))),
  runtime: (matches) => inResources((values) => textCondition("r.cloud ->> 'runtime'", matches, values)),
  function: (matches) => inResources((values) => `(r.kind = 'lambda' and ${textCondition('r.name', matches, values)})`),
  account: (matches) =>
    inAccounts((values) => anyOf([textCondition('a.id', matches, values), textCondition('a.name', matches, values)])),
  ou: (matches) => inAccounts((values) => unitCondition(matches, values)),
  region: (matches) => amongCounts('region', matches),
  env: (matches) => amongCounts('environment', matches),
  owner: (matches) => amongHolders('owner', matches),
  team: (matches) => amongHolders('team', matches),
};

type Condition = (values: Parameters) => string;

function inVulnerabilities(condition: Condition): NameSelect {
  return inTable('vulnerability v', 'v.id', { column: 'vulnerability_id', type: 'text' }, condition);
}

function inResources(condition: Condition): NameSelect {
  return inTable('resource r', 'r.id', { column: 'resource_id', type: 'bigint' }, condition);
}

function inContents(condition: Condition): NameSelect {
  return inTable('finding_content c', 'c.hash', { column: 'content', type: 'uuid' }, condition);
}

function inAccounts(condition: Condition): NameSelect {
  return inTable('account a', 'a.id', { column: 'account_id', type: 'text' }, condition);
}

function inTable(
  table: string,
  key: string,
  { column, type }: Pick<NameSelect, 'column' | 'type'>,
  condition: Condition,
): NameSelect {
  return {
    column,
    type,
    select: (values) => `select ${key} as name from ${table} where ${condition(values)}`,
    perRow: (values) => `exists (select from ${table} where ${key} = f.${column} and ${condition(values)})`,
  };
}

/** Regions and environments are few, and the kept counts have each of them that a finding has. */
function amongCounts(column: 'region' | 'environment', matches: readonly TextMatch[]): NameSelect {
  return {
    column,
    type: 'text',
    select: (values) =>
      `select distinct n.${column} as name from finding_count n where ${textCondition(`n.${column}`, matches, values)}`,
    perRow: (values) => textCondition(`f.${column}`, matches, values),
  };
}

/** Who has findings: a walk along the index from one name to the next, however many findings each has. */
function amongHolders(column: 'owner' | 'team', matches: readonly TextMatch[]): NameSelect {
  const select: Condition = (values) => `
    select h.name from (
      with recursive holder as (
        select min(f.${column}) as name from finding f where f.${column} is not null
        union all
        select (select min(f.${column}) from finding f where f.${column} > holder.name) from holder where holder.name is not null
      )
      select name from holder where name is not null
    ) as h where ${nameCondition('h.name', values)}`;
  return { column, type: 'text', select, perRow: (values) => nameCondition(`f.${column}`, values) };

  /** A person is kept by id, and asked for by address or name too. */
  function nameCondition(name: string, values: Parameters): string {
    const itself = textCondition(name, matches, values);
    if (column === 'team') {
      return itself;
    }
    const person = anyOf(['u.email', 'u.name'].map((said) => textCondition(said, matches, values)));
    return `(${itself} or ${name} in (select u.id from app_user u where ${person}))`;
  }
}

function aliasCondition(matches: readonly TextMatch[], values: Parameters): string {
  return allOf([
    containsAny('other_names(v.aliases)', matches, values),
    `exists (select from unnest(v.aliases) as n where ${textCondition('n', matches, values)})`,
  ]);
}

/** Its id, the last part of an ARN, or its name. `search` holds name and id in small letters. */
function resourceCondition(matches: readonly TextMatch[], values: Parameters): string {
  return allOf([
    containsAny('r.search', matches, values),
    anyOf([
      textCondition('r.key', matches, values),
      textCondition('r.name', matches, values),
      `(r.key like 'arn:%' and ${textCondition("regexp_replace(r.key, '^.*/', '')", matches, values)})`,
    ]),
  ]);
}

/** The name whole, without the platform, without the tag, and its last part with and without the tag. */
function imageCondition(matches: readonly TextMatch[], values: Parameters): string {
  const whole = "split_part(r.name, ' ', 1)";
  const last = `regexp_replace(${whole}, '^.*/', '')`;
  const bare = `split_part(split_part(${last}, '@', 1), ':', 1)`;
  const path = `left(${whole}, length(${whole}) - length(${last})) || ${bare}`;
  const names = ['r.name', whole, path, last, bare, "r.image ->> 'digest'"];
  return `(r.kind in ('ecr', 'image') and ${anyOf(names.map((name) => textCondition(name, matches, values)))})`;
}

/** The unit or one above it. */
function unitCondition(matches: readonly TextMatch[], values: Parameters): string {
  const [begun, whole] = [matches.filter(({ prefix }) => prefix), matches.filter(({ prefix }) => !prefix)];
  const below = whole.map(({ text }) => ({ text: `${text}/`, prefix: true }));
  return anyOf([
    textCondition('a.organizational_unit', begun, values),
    textCondition("a.organizational_unit || '/'", below, values),
  ]);
}

function tagCondition({ key, text, prefix }: TagValue, values: Parameters): string {
  if (!prefix) {
    return `r.tags @> ${values.add(JSON.stringify({ [key]: text }), 'jsonb')}`;
  }
  const name = values.add(key, 'text');
  const has = `r.tags ? ${name}`;
  return text === '' ? has : `(${has} and r.tags ->> ${name} like ${values.add(`${escaped(text)}%`, 'text')})`;
}

export function numberCondition(column: string, range: NumberRange, values: Parameters): string {
  const { lower, upper } = numberEnds(range);
  return allOf([
    lower === null ? null : `${column} ${lower.included ? '>=' : '>'} ${values.add(lower.value, 'float8')}`,
    upper === null ? null : `${column} ${upper.included ? '<=' : '<'} ${values.add(upper.value, 'float8')}`,
  ]);
}

const PACKAGES = "jsonb_array_elements(case jsonb_typeof(c.packages) when 'array' then c.packages else '[]' end)";

/** Facts of packages that are stored; of the others nothing is known, so nothing is equal to them and everything unlike. */
const PART_PATHS: Partial<Record<PackagePart['part'], string>> = {
  name: "p ->> 'name'",
  version: "p ->> 'version'",
  layer: "p ->> 'layer'",
  path: "p ->> 'path'",
};

function packageCondition({ parts, epoch }: PackageValue, values: Parameters): string {
  const hints = parts.filter(hasHint).map((part) => lineHint(part, values));
  const conditions = parts.map((part) => partCondition(part, values));
  const same = allOf([...conditions, ...(epoch === null ? [] : ['false'])]);
  return allOf([...hints, `exists (select from ${PACKAGES} as p where ${same})`]);
}

function partCondition(part: PackagePart, values: Parameters): string {
  const path = PART_PATHS[part.part];
  if (path === undefined) {
    return part.not ? 'true' : 'false';
  }
  const condition = textCondition(path, [part], values, part.part === 'path');
  return part.not ? `not coalesce(${condition}, false)` : condition;
}

/** Whether an index finds it: letters beyond ASCII are made small in more than one way. */
function hasHint({ part, text, not }: PackagePart): boolean {
  return !not && text !== '' && isPlainText(text) && (part === 'name' || part === 'version');
}

/** What the line of the package holds in `words`. */
function lineHint({ part, text, prefix }: PackagePart, values: Parameters): string {
  const [before, after] = part === 'name' ? ['\n', '\t'] : ['\t', '\n'];
  const line = `%${before}${escaped(foldCase(text))}${prefix ? '' : after}%`;
  return `c.words like ${values.add(line, 'text')}`;
}

function versionCondition(matches: readonly TextMatch[], values: Parameters): string {
  const lines = matches.map((match): PackagePart => ({ ...match, part: 'version', not: false }));
  return allOf([
    lines.every(hasHint) ? anyOf(lines.map((line) => lineHint(line, values))) : null,
    `exists (select from ${PACKAGES} as p where ${textCondition("p ->> 'version'", matches, values)})`,
  ]);
}

/** Each table by its own index; words are found inside of names. */
function wordSelects(words: readonly string[]): readonly NameSelect[] {
  const patterns = words.map((word) => containing(word.toLowerCase()));
  const holds = (expression: string, values: Parameters): string =>
    `${expression} like any(${values.add(patterns, 'text[]')})`;
  return [
    inVulnerabilities((values) =>
      anyOf([
        holds("lower(v.id || ' ' || v.title)", values),
        allOf([
          holds('other_names(v.aliases)', values),
          `exists (select from unnest(v.aliases) as n where ${holds('lower(n)', values)})`,
        ]),
      ]),
    ),
    inResources((values) => holds('r.search', values)),
    inContents((values) =>
      allOf([
        holds('c.words', values),
        `exists (select from ${PACKAGES} as p where ${holds("lower(p ->> 'name')", values)})`,
      ]),
    ),
  ];
}
