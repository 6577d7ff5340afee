import type { FindingFacts, PackageFacts } from '../../model/finding-facts.ts';
import type {
  FindingQuery,
  NumberRange,
  NumberTerm,
  PackageValue,
  QueryTerm,
  TagValue,
  TextMatch,
  TextTerm,
} from '../../model/finding-query.ts';
import { DATE_OF, NUMBER_OF, PACKAGE_TEXT_OF, searchedTexts, TEXTS_OF, WORDS_OF } from './fact-values.ts';
import { foldCase } from './fold-case.ts';
import { QUERY_FIELDS } from './query-fields.ts';
import { dateEnds, inDates, inNumbers, numberEnds } from './ranges.ts';

/**
 * Whether a finding is what the query asks for at this time. What the database answers is held against this. `owner:me` is
 * nobody here: put the reader in its place first.
 */
export function matchesQuery(query: FindingQuery, facts: FindingFacts, now: Date): boolean {
  return query.terms.every((term) => holds(term, facts, now) !== term.negated);
}

function holds(term: QueryTerm, facts: FindingFacts, now: Date): boolean {
  switch (term.kind) {
    case 'word': {
      const words = WORDS_OF[term.field](facts, now);
      return term.values.some((value) => words.includes(value));
    }
    case 'text':
      return holdsText(term, facts);
    case 'number':
      return holdsNumber(term, facts);
    case 'date': {
      const date = DATE_OF[term.field](facts);
      const { ahead } = QUERY_FIELDS[term.field];
      return date !== null && term.values.some((value) => inDates(dateEnds(value, now, ahead), date));
    }
    case 'package':
      return term.values.some((value) => facts.packages.some((one) => isPackage(value, one)));
    case 'tag':
      return term.values.some((value) => hasTag(value, facts.resource.tags));
    case 'words': {
      const texts = searchedTexts(facts).map((text) => text.toLowerCase());
      return term.values.some((value) => texts.some((text) => text.includes(value.toLowerCase())));
    }
  }
}

function holdsText({ field, values }: TextTerm, facts: FindingFacts): boolean {
  const given: readonly (string | null | undefined)[] = TEXTS_OF[field](facts);
  const texts = given.flatMap((text) => text || []);
  const { exactCase } = QUERY_FIELDS[field];
  return values.some((value) => {
    if (value.kind === 'word') {
      return value.word === 'none' && texts.length === 0;
    }
    return texts.some((text) => isText(value, text, exactCase));
  });
}

function isText({ text, prefix }: TextMatch, given: string, exactCase: boolean): boolean {
  const [wanted, found] = exactCase ? [text, given] : [foldCase(text), foldCase(given)];
  return prefix ? found.startsWith(wanted) : found === wanted;
}

function holdsNumber({ field, values }: NumberTerm, facts: FindingFacts): boolean {
  if (field === 'port') {
    const ports = facts.network?.ports;
    return ports !== undefined && values.some((value) => overlaps(value, ports.begin, ports.end));
  }
  const number = NUMBER_OF[field](facts);
  return number !== null && values.some((value) => inNumbers(value, number));
}

/** Two ranges of ports have one in common. Whole numbers: above 21 is from 22. */
function overlaps(range: NumberRange, begin: number, end: number): boolean {
  const { lower, upper } = numberEnds(range);
  const from = lower === null ? 0 : lower.value + (lower.included ? 0 : 1);
  const to = upper === null ? Number.POSITIVE_INFINITY : upper.value - (upper.included ? 0 : 1);
  return from <= to && begin <= to && end >= from;
}

/** A part that is to be otherwise holds too where the fact is not known. */
function isPackage({ parts, epoch }: PackageValue, facts: PackageFacts): boolean {
  const hasParts = parts.every((part) => {
    const text = PACKAGE_TEXT_OF[part.part](facts) ?? '';
    return (text !== '' && isText(part, text, part.part === 'path')) !== part.not;
  });
  return hasParts && (epoch === null || (facts.epoch !== null && inNumbers(epoch, facts.epoch)));
}

function hasTag({ key, text, prefix }: TagValue, tags: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
  return value !== undefined && (prefix ? value.startsWith(text) : value === text);
}
