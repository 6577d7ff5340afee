/** One term of the filter bar as it was written: `-severity:low,medium`, `score:>=7`, `log4j`. */
export interface QueryTerm {
  readonly negated: boolean;
  /** Lower case; null for a bare word. */
  readonly key: string | null;
  readonly values: readonly string[];
}

export const QUERY_CHARACTERS_MAX = 1000;
export const QUERY_TERMS_MAX = 30;

/**
 * Splits a query into terms: spaces separate, commas list alternatives, quotes keep both. Whatever is written can be
 * split; whether it means anything is decided where keys are known. Runs in one pass over the text.
 */
export function parseQuery(text: string): readonly QueryTerm[] {
  return splitOutside(text.slice(0, QUERY_CHARACTERS_MAX), ' ')
    .filter((token) => token !== '' && token !== '-')
    .slice(0, QUERY_TERMS_MAX)
    .map(toTerm)
    .filter((term) => term.key !== null || term.values.length > 0);
}

/** The query in its shortest spelling; parsing it again gives the same terms. */
export function formatQuery(terms: readonly QueryTerm[]): string {
  return terms.map(formatTerm).join(' ');
}

export function formatTerm(term: QueryTerm): string {
  const values = term.values.map((value) => quote(value, term.key === null));
  return `${term.negated ? '-' : ''}${term.key === null ? '' : `${term.key}:`}${values.join(',')}`;
}

function toTerm(token: string): QueryTerm {
  const negated = token.startsWith('-');
  const body = negated ? token.slice(1) : token;
  const colon = body.indexOf(':');
  const key = colon > 0 ? body.slice(0, colon) : '';
  if (!/^[a-z][a-z.-]*$/i.test(key))
    return { negated, key: null, values: [unquote(body)].filter((word) => word !== '') };
  const values = splitOutside(body.slice(colon + 1), ',').map(unquote);
  return { negated, key: key.toLowerCase(), values: values.filter((value) => value !== '') };
}

/** Splits at a character that stands outside of double quotes; an unclosed quote runs to the end. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    if (character !== separator || quoted) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

function unquote(text: string): string {
  return text.replaceAll('"', '').trim();
}

function quote(value: string, bareWord: boolean): string {
  const ambiguous = /[\s,]/.test(value) || (bareWord && /^-|:/.test(value));
  return ambiguous ? `"${value}"` : value;
}
