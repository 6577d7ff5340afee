import { asArray, asObject } from '../model/raw.ts';
import { tomlObject } from './structured-text.ts';

export interface TomlPackages {
  readonly tables: readonly Readonly<Record<string, unknown>>[];
  /** True when a part of the text is not TOML, so that tables may be missing. */
  readonly isBroken: boolean;
}

/** Values of a whole file of that length take a few hundred megabytes. */
const WHOLE_LENGTH_MAX = 4 * 1024 * 1024;

/**
 * The tables of `[[package]]` (or another key) in a lock file. Each is parsed on its own: a long file then takes no more
 * memory than its text, and a broken one still yields what stands before and after the break.
 */
export function tomlPackages(text: string, key: string, fieldsOf: readonly string[]): TomlPackages {
  const tables: Readonly<Record<string, unknown>>[] = [];
  let isBroken = false;
  for (const piece of piecesOf(text.replace(/^\uFEFF/, ''), `[[${key}]]`)) {
    const read = tablesOf(piece, key, fieldsOf);
    isBroken ||= read === null;
    for (const table of read ?? []) {
      tables.push(table);
    }
  }
  // The mark may also stand inside a text over several lines; then the pieces are none, and the whole is.
  const whole = isBroken && text.length <= WHOLE_LENGTH_MAX ? tablesOf(text, key, fieldsOf) : null;
  return whole === null ? { tables, isBroken } : { tables: whole, isBroken: false };
}

function* piecesOf(text: string, mark: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const next = text.indexOf(`\n${mark}`, start);
    const end = next === -1 ? text.length : next + 1;
    yield text.slice(start, end);
    start = end;
  }
}

/** Only the wanted fields are kept: lists of files are most of a lock file. */
function tablesOf(
  text: string,
  key: string,
  fields: readonly string[],
): readonly Readonly<Record<string, unknown>>[] | null {
  const document = tomlObject(text);
  if (document === null) {
    return null;
  }
  return asArray(document[key]).map((raw) => {
    const table = asObject(raw) ?? {};
    return Object.fromEntries(fields.flatMap((field) => (Object.hasOwn(table, field) ? [[field, table[field]]] : [])));
  });
}
