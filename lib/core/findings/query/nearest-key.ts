import { foldCase } from './fold-case.ts';
import { QUERY_KEYS } from './query-fields.ts';

const TYPED_MAX = 24;

/** The key that somebody who typed this most likely meant: one that goes on from it, or is two slips away at the most. */
export function nearestKey(typed: string): string | null {
  const text = foldCase(typed);
  if (text.length > TYPED_MAX) {
    return null;
  }
  const longer = text.length < 2 ? undefined : QUERY_KEYS.find((key) => key.startsWith(text));
  if (longer !== undefined) {
    return longer;
  }
  const slipsMax = text.length < 5 ? 1 : 2;
  let nearest: string | null = null;
  let fewest = slipsMax + 1;
  for (const key of QUERY_KEYS) {
    const slips = slipsBetween(text, key);
    if (slips < fewest) {
      [nearest, fewest] = [key, slips];
    }
  }
  return nearest;
}

/** Levenshtein's distance. */
function slipsBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= right.length; column += 1) {
      const swap = (row[column - 1] ?? 0) + (letter === right.charAt(column - 1) ? 0 : 1);
      next.push(Math.min(swap, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
