import { type Chip, splitChips } from '@/lib/core/findings/query/chips.ts';
import { COVERAGE_STATES, type CoverageState, type ResourceFilter, type VersionAsk } from '@/lib/core/model/estate.ts';
import { RESOURCE_KINDS, type ResourceKind } from '@/lib/core/model/resource.ts';

const CHIPS_MAX = 20;
const TEXT_MAX = 2_000;

interface Term {
  readonly key: string | null;
  readonly value: string;
  /** It stood in quotes, so it is meant as it is. */
  readonly whole: boolean;
}

export interface ResourceQuery {
  /** What the good parts mean. */
  readonly filter: ResourceFilter;
  /** A sentence for each part that means nothing. */
  readonly errors: readonly string[];
}

/** Reads `kind:ec2 state:late package:xz version:5.6 words`: spaces join, commas choose, quotes keep a text as it is. */
export function parseResourceQuery(text: string): ResourceQuery {
  const errors: string[] = [];
  const words: string[] = [];
  const kinds: ResourceKind[] = [];
  const states: CoverageState[] = [];
  let name: string | null = null;
  let ecosystem: string | null = null;
  let version: VersionAsk | null = null;
  for (const { key, value, whole } of termsOf(text)) {
    if (value === '') {
      if (key !== null) errors.push(`${key}: needs a value after the colon.`);
    } else if (key === null) words.push(value);
    else if (key === 'kind') choose(key, value, RESOURCE_KINDS, kinds, errors);
    else if (key === 'state') choose(key, value, COVERAGE_STATES, states, errors);
    else if (key === 'package') name = value;
    else if (key === 'type') ecosystem = value;
    else if (key === 'version') version = { text: value.slice(0, 200), whole };
    else errors.push(`There is no key ${key}. Known are kind, state, package, version and type.`);
  }
  if (version !== null && name === null) {
    errors.push('version: needs a package beside it, such as package:xz version:5.6.');
    version = null;
  }
  const holds =
    name === null && ecosystem === null ? null : { name, version, ecosystem: ecosystem?.slice(0, 100) ?? null };
  return { filter: { words, kinds, states, holds }, errors };
}

export interface PackageQuery {
  readonly words: readonly string[];
  readonly version: VersionAsk | null;
  readonly ecosystems: readonly string[];
  readonly errors: readonly string[];
}

/** Reads `xz 5.6 type:debian`: a word after the first one that begins with a digit is a version. */
export function parsePackageQuery(text: string): PackageQuery {
  const errors: string[] = [];
  const words: string[] = [];
  const ecosystems: string[] = [];
  let version: VersionAsk | null = null;
  for (const { key, value, whole } of termsOf(text)) {
    if (value === '') {
      if (key !== null) errors.push(`${key}: needs a value after the colon.`);
    } else if (key === 'version' || (key === null && words.length > 0 && /^\d/.test(value))) {
      version = { text: value.slice(0, 200), whole };
    } else if (key === null || key === 'package') words.push(value);
    else if (key === 'type') ecosystems.push(...value.split(',').filter((one) => one !== ''));
    else errors.push(`There is no key ${key}. Known are package, version and type.`);
  }
  return { words, version, ecosystems: ecosystems.map((one) => one.toLowerCase().slice(0, 100)), errors };
}

/** The query with this key set to a value, or without it. */
export function withTerm(text: string, key: string, value: string | null): string {
  const cut = text.slice(0, TEXT_MAX);
  const kept = splitChips(cut, CHIPS_MAX)
    .filter((chip) => termOf(chip).key !== key)
    .map(({ start, end }) => cut.slice(start, end));
  return [...(value === null ? [] : [`${key}:${value}`]), ...kept].join(' ');
}

/** The resources that hold exactly this version of a package, as a query. */
export function holdersQuery(one: {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}): string {
  return `package:${inQuotes(one.name)} version:${inQuotes(one.version)} type:${one.ecosystem}`;
}

function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function termsOf(text: string): readonly Term[] {
  return splitChips(text.slice(0, TEXT_MAX), CHIPS_MAX).map(termOf);
}

function termOf({ pieces }: Chip): Term {
  const [first, ...rest] = pieces;
  const key = first === undefined || first.quoted ? null : (/^([a-z]+):/i.exec(first.text)?.[1] ?? null);
  const begun = key === null ? (first?.text ?? '') : (first?.text ?? '').slice(key.length + 1);
  const value = begun + rest.map(({ text }) => text).join('');
  return { key: key?.toLowerCase() ?? null, value, whole: pieces.some(({ quoted }) => quoted) };
}

function choose<Value extends string>(
  key: string,
  text: string,
  known: readonly Value[],
  chosen: Value[],
  errors: string[],
): void {
  for (const one of text.toLowerCase().split(',')) {
    const value = known.find((other) => other === one);
    if (value === undefined) errors.push(`${key} takes ${known.join(', ')}.`);
    else chosen.push(value);
  }
}
