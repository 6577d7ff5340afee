import { parse as parseToml } from 'smol-toml';
import { asObject } from '../model/raw.ts';

type Table = Readonly<Record<string, unknown>>;

/** The value of a JSON text; undefined where it is none. Windows tools put a byte order mark in front. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // A broken file is an expected thing in the data; the caller turns it into a diagnostic.
    return undefined;
  }
}

/** A JSON text that is an object; null for anything else. */
export function jsonObject(text: string): Table | null {
  return asObject(jsonValue(text));
}

/** The tables of a TOML text; null where it is none, or too deep for the library. */
export function tomlObject(text: string): Table | null {
  try {
    return asObject(parseToml(text.replace(/^\uFEFF/, '')));
  } catch {
    // As above.
    return null;
  }
}
