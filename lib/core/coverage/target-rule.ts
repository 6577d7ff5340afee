import type { Resource } from '../model/resource.ts';
import { RESOURCE_KINDS } from '../model/resource.ts';
import { TARGET_KEYS, type TargetKey, type TargetRule } from '../model/scan-target.ts';

const LENGTH_MAX = 4_000;
const TERMS_MAX = 200;
const DEPTH_MAX = 20;
const TOKEN = /\s*(\(|\)|(?:"[^"]*"|[^\s()"])+)/y;

type Parsed = { readonly rule: TargetRule } | { readonly fault: string };

/**
 * Reads a rule: terms `key:value` stand together, `or` between them joins, `not` or a dash before one takes away, brackets group.
 * `tag:Production=True` asks for a tag with a value, `tag:Owner` for one with any; an empty rule is everything.
 */
export function parseTargetRule(text: string): Parsed {
  if (text.length > LENGTH_MAX) return { fault: `A rule has at most ${LENGTH_MAX} signs.` };
  const tokens = tokensOf(text);
  if (tokens === null) return { fault: 'A quotation mark is open to the end.' };
  if (tokens.length > TERMS_MAX) return { fault: `A rule has at most ${TERMS_MAX} terms.` };
  const reader = { tokens, at: 0 };
  try {
    const rule = readAny(reader, 0);
    const rest = tokens[reader.at];
    return rest === undefined ? { rule } : { fault: `"${rest}" stands where nothing can.` };
  } catch (error) {
    if (error instanceof RuleFault) return { fault: error.message };
    throw error;
  }
}

class RuleFault extends Error {}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function tokensOf(text: string): readonly string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd();
  while (TOKEN.lastIndex < end.length) {
    const token = TOKEN.exec(end)?.[1];
    if (token === undefined) return null;
    tokens.push(token);
  }
  return tokens;
}

function readAny(reader: Reader, depth: number): TargetRule {
  const options = [readAll(reader, depth)];
  while (isWord(reader, 'or')) {
    reader.at += 1;
    options.push(readAll(reader, depth));
  }
  return options.length === 1 ? (options[0] as TargetRule) : { is: 'any', of: options };
}

function readAll(reader: Reader, depth: number): TargetRule {
  const parts: TargetRule[] = [];
  for (let token = reader.tokens[reader.at]; token !== undefined && token !== ')'; token = reader.tokens[reader.at]) {
    if (isWord(reader, 'or')) break;
    // People write it; terms that stand together mean it anyway.
    if (isWord(reader, 'and')) reader.at += 1;
    else parts.push(readOne(reader, depth));
  }
  return parts.length === 1 ? (parts[0] as TargetRule) : { is: 'all', of: parts };
}

function readOne(reader: Reader, depth: number): TargetRule {
  if (depth > DEPTH_MAX) throw new RuleFault('The brackets are nested too deep.');
  const token = reader.tokens[reader.at] ?? '';
  reader.at += 1;
  if (token.toLowerCase() === 'not') {
    if (reader.at >= reader.tokens.length) throw new RuleFault('Nothing follows "not".');
    return { is: 'not', of: readOne(reader, depth + 1) };
  }
  if (token.startsWith('-') && token.length > 1) return { is: 'not', of: toTerm(token.slice(1)) };
  if (token !== '(') return toTerm(token);
  const inner = readAny(reader, depth + 1);
  if (reader.tokens[reader.at] !== ')') throw new RuleFault('A bracket is open to the end.');
  reader.at += 1;
  return inner;
}

function isWord({ tokens, at }: Reader, word: string): boolean {
  return tokens[at]?.toLowerCase() === word;
}

function toTerm(token: string): TargetRule {
  const colon = token.indexOf(':');
  const key = TARGET_KEYS.find((one) => one === token.slice(0, Math.max(0, colon)).toLowerCase());
  if (key === undefined) {
    throw new RuleFault(`"${token}" is no term: begin it with one of ${TARGET_KEYS.map((one) => `${one}:`).join(' ')}`);
  }
  const value = token.slice(colon + 1).replaceAll('"', '');
  if (value === '') throw new RuleFault(`Nothing follows "${key}:".`);
  if (key === 'tag') {
    const equals = value.indexOf('=');
    return equals === -1
      ? { is: 'term', key, name: value, value: null }
      : { is: 'term', key, name: value.slice(0, equals), value: value.slice(equals + 1) };
  }
  if (key === 'kind' && !RESOURCE_KINDS.some((kind) => kind === value)) {
    throw new RuleFault(`"${value}" is no kind: there are ${RESOURCE_KINDS.join(', ')}.`);
  }
  return { is: 'term', key, name: '', value };
}

/** What a rule looks at. */
export type TargetSubject = Pick<Resource, 'accountId' | 'region' | 'kind' | 'name' | 'environment' | 'tags'> & {
  readonly organizationalUnit: string;
  /** Of an image. */
  readonly repository: string | null;
};

/** Whether a resource belongs to a target. */
export function matchesTarget(rule: TargetRule, subject: TargetSubject): boolean {
  switch (rule.is) {
    case 'all':
      return rule.of.every((one) => matchesTarget(one, subject));
    case 'any':
      return rule.of.some((one) => matchesTarget(one, subject));
    case 'not':
      return !matchesTarget(rule.of, subject);
    case 'term':
      return rule.key === 'tag'
        ? hasTag(subject.tags, rule.name, rule.value)
        : matchesText(rule.key, rule.value ?? '', subject);
  }
}

function hasTag(tags: Readonly<Record<string, string>>, name: string, value: string | null): boolean {
  const found = Object.hasOwn(tags, name) ? tags[name] : undefined;
  return found !== undefined && (value === null || isGlob(value, found));
}

function matchesText(key: Exclude<TargetKey, 'tag'>, value: string, subject: TargetSubject): boolean {
  switch (key) {
    case 'kind':
      return subject.kind === value;
    case 'account':
      return subject.accountId === value;
    case 'ou': {
      const unit = subject.organizationalUnit.toLowerCase();
      const asked = value.toLowerCase();
      return unit === asked || unit.startsWith(`${asked}/`);
    }
    case 'region':
      return isGlob(value, subject.region);
    case 'env':
      return isGlob(value, subject.environment ?? '');
    case 'name':
      return isGlob(value, subject.name);
    case 'repo':
      return subject.repository !== null && isGlob(value, subject.repository);
    case 'function':
      return (subject.kind === 'lambda' || subject.kind === 'function') && isGlob(value, subject.name);
  }
}

/** Each star is sought once, from the left: no pattern takes longer than the text is long for each of its parts. */
export function isGlob(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const value = text.toLowerCase();
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return value === first;
  const last = rest.pop() ?? '';
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}
