/** Longer patterns are refused when a rule is written. */
export const GLOB_LENGTH_MAX = 256;

/** Answers whether a text matches; `*` stands for any characters, none included, and case does not count. */
export type Glob = (text: string) => boolean;

/**
 * Makes a matcher of a pattern. The parts between stars are looked for one after the other, each at its first place: where
 * any placing fits, that one does, so nothing is tried twice.
 */
export function toGlob(pattern: string): Glob {
  const parts = pattern.toLowerCase().split('*');
  const first = parts[0] ?? '';
  if (parts.length === 1) {
    return (text) => text.toLowerCase() === first;
  }
  const last = parts.at(-1) ?? '';
  const between = parts.slice(1, -1).filter((part) => part !== '');
  return (text) => {
    const lower = text.toLowerCase();
    if (lower.length < first.length + last.length || !lower.startsWith(first) || !lower.endsWith(last)) {
      return false;
    }
    const end = lower.length - last.length;
    let at = first.length;
    for (const part of between) {
      const found = lower.indexOf(part, at);
      if (found === -1 || found + part.length > end) {
        return false;
      }
      at = found + part.length;
    }
    return true;
  };
}
