import { parse as parseTomlText } from 'smol-toml';

/** A parsed text, or null where the text is none of its format. A broken file is an expected thing in the data. */
export interface Structured {
  readonly value: unknown;
}

export function readJson(text: string): Structured | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The caller says so in a diagnostic.
    return null;
  }
}

export function readToml(text: string): Structured | null {
  try {
    return { value: parseTomlText(text) };
  } catch {
    // The caller says so in a diagnostic.
    return null;
  }
}
