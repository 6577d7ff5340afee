import { textLines } from './text-lines.ts';

/** One line of block YAML. */
export interface YamlLine {
  /** Where the key or the value starts, behind the hyphen of an item. */
  readonly column: number;
  readonly isItem: boolean;
  /** Null where the line is a plain value. */
  readonly key: string | null;
  /** Without quotes and comment; empty where the value follows on lines of its own. */
  readonly value: string;
}

/**
 * The lines of YAML that a tool wrote: one key or item on each, no anchors, no flow collections over several lines. A
 * general YAML library takes seconds for what such files hold, which a stranger could use to keep a worker busy.
 */
export function* yamlLines(text: string): Generator<YamlLine> {
  for (const raw of textLines(text)) {
    const line = readLine(raw.trimEnd());
    if (line !== null) {
      yield line;
    }
  }
}

function readLine(line: string): YamlLine | null {
  let column = 0;
  let isItem = false;
  for (;;) {
    const sign = line[column];
    if (sign === ' ') {
      column += 1;
    } else if (sign === '-' && (line[column + 1] === ' ' || line.length === column + 1)) {
      isItem = true;
      column += 1;
    } else {
      break;
    }
  }
  const rest = line.slice(column);
  if (rest.startsWith('#') || rest === '---' || (rest === '' && !isItem)) {
    return null;
  }
  const colon = keyEnd(rest);
  return colon === -1
    ? { column, isItem, key: null, value: scalar(rest) }
    : { column, isItem, key: scalar(rest.slice(0, colon)), value: scalar(rest.slice(colon + 1).trim()) };
}

/** Index of the colon that ends a key; -1 where there is no key. */
function keyEnd(text: string): number {
  const quote = text[0] === '"' || text[0] === "'" ? text[0] : null;
  const from = quote === null ? 0 : text.indexOf(quote, 1) + 1;
  if (quote !== null && from === 0) {
    return -1;
  }
  const colon = text.indexOf(': ', from);
  const found = colon === -1 && text.endsWith(':') ? text.length - 1 : colon;
  return quote !== null && found !== from ? -1 : found;
}

/** The value of a plain or quoted scalar, without what stands behind it. */
function scalar(text: string): string {
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, 1);
    return close === -1 ? text.slice(1) : text.slice(1, close);
  }
  const comment = text.indexOf(' #');
  return (comment === -1 ? text : text.slice(0, comment)).trim();
}
