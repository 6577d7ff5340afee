/**
 * JSON that PostgreSQL accepts. Names and paths come from scanned files, and a stranger may have put a NUL or half a
 * surrogate pair into them, which neither `text` nor `jsonb` can hold; such a character becomes U+FFFD.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  // What PostgreSQL cannot hold is written with an escape; hardly any text has one, and looking at each part is slow.
  if (!json.includes('\\u')) {
    return json;
  }
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? toStorable(part) : part));
}

/** One text in the form that PostgreSQL can hold. */
export function toStorable(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\uFFFD');
}
