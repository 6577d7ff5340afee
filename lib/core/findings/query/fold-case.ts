/**
 * The text with A to Z made small. Only these: what a database and a script make of other letters differs, and a query must
 * mean the same to both.
 */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
