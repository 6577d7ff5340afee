/**
 * JSON with comments and commas before closing brackets, as plain JSON; strings are left as they are. One pass, and every
 * sign is copied in runs.
 */
export function withoutComments(text: string): string {
  const parts: string[] = [];
  let start = 0;
  let comma = -1;
  let at = 0;
  // Takes everything up to `end`, and goes on behind `next`.
  const skip = (end: number, next: number): void => {
    parts.push(text.slice(start, end));
    start = next;
    at = next;
  };
  while (at < text.length) {
    const sign = text[at];
    if (sign === '"') {
      at = endOfString(text, at);
      comma = -1;
    } else if (sign === '/' && text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      skip(at, end === -1 ? text.length : end);
    } else if (sign === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      skip(at, end === -1 ? text.length : end + 2);
    } else if (sign === ',') {
      // Held back until it is known what follows.
      parts.push(text.slice(start, at));
      comma = parts.push(',') - 1;
      at += 1;
      start = at;
    } else {
      if ((sign === '}' || sign === ']') && comma !== -1) {
        parts[comma] = '';
      }
      comma = isBlank(sign) ? comma : -1;
      at += 1;
    }
  }
  parts.push(text.slice(start));
  return parts.join('');
}

function isBlank(sign: string | undefined): boolean {
  return sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t';
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}
