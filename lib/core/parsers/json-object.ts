import { asObject } from '../model/raw.ts';

/** A JSON text that is an object; null for anything else. Windows tools put a byte order mark in front. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    // A broken file is an expected thing in the data; the caller turns it into a diagnostic.
    return null;
  }
}
