const SAFE = /^[A-Za-z0-9@+=:,./_-]+$/;

/** Joins words to a POSIX shell line; a word with any other sign than the safe ones stands in single quotes. */
export function shellLine(...words: readonly string[]): string {
  return words.map(quote).join(' ');
}

/** Lines of which each runs only where the one before it succeeded. */
export function afterEachOther(...lines: readonly string[]): string {
  return lines.join(' && ');
}

function quote(word: string): string {
  return SAFE.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
