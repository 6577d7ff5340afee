/** One paragraph of RFC 822 style fields, names in lower case. Of a field that is written twice the first counts. */
export type Stanza = ReadonlyMap<string, string>;

/**
 * Reads one paragraph, keeping only the fields that are asked for. Lines that start with a blank continue the field
 * before them; they are left out, since no field that Harrier uses has any.
 */
export function parseStanza(paragraph: string, fields: ReadonlySet<string>): Stanza {
  const stanza = new Map<string, string>();
  let start = 0;
  let colon = -1;
  while (start < paragraph.length) {
    const newline = paragraph.indexOf('\n', start);
    const end = newline === -1 ? paragraph.length : newline;
    // A colon found beyond this line is kept for the next ones, so that a paragraph is searched only once.
    if (colon < start) {
      colon = paragraph.indexOf(':', start);
    }
    if (colon === -1) {
      break;
    }
    const first = paragraph.charCodeAt(start);
    if (first !== 32 && first !== 9 && colon < end) {
      const name = paragraph.slice(start, colon).toLowerCase();
      if (fields.has(name) && !stanza.has(name)) {
        stanza.set(name, paragraph.slice(colon + 1, end).trim());
      }
    }
    start = end + 1;
  }
  return stanza;
}
