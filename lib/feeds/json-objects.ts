/** The largest single object that is read, in characters. */
export const OBJECT_LENGTH_MAX = 32 * 1024 * 1024;

/**
 * The objects of one array of a JSON document, cut out as texts while the document streams by, so that a document of any
 * size takes the memory of its largest object. The array is a member, or (null) the whole document. Throws when the document
 * ends inside of it.
 */
export async function* jsonObjects(chunks: AsyncIterable<string>, member: string | null): AsyncGenerator<string> {
  const opening = member === null ? /^\s*\[/ : new RegExp(`"${member}"\\s*:\\s*\\[`);
  let text = '';
  let isInArray = false;
  let scan: Scan = START;
  for await (const chunk of chunks) {
    text += chunk;
    if (!isInArray) {
      const found = opening.exec(text);
      if (found === null) {
        if (member === null && text.trimStart() !== '') {
          break;
        }
        // The name may be cut in two by the end of the chunk.
        text = text.slice(-((member?.length ?? 0) + 64));
        continue;
      }
      isInArray = true;
      text = text.slice(found.index + found[0].length);
    }
    for (;;) {
      scan = advance(text, scan);
      if (scan.end === null) break;
      yield text.slice(scan.start, scan.end);
      text = text.slice(scan.end);
      scan = START;
    }
    if (text.length > OBJECT_LENGTH_MAX) {
      throw new Error(`one of its records is longer than ${OBJECT_LENGTH_MAX} characters`);
    }
    if (scan.isOver) {
      return;
    }
  }
  throw new Error(isInArray ? 'it ends in the middle of a record' : hasNo(member));
}

function hasNo(member: string | null): string {
  return member === null ? 'it is not a JSON list' : `it has no list "${member}"`;
}

export interface Scan {
  /** Where the next look begins. */
  readonly at: number;
  /** Where the object begins; -1 before it. */
  readonly start: number;
  readonly depth: number;
  readonly isInString: boolean;
  /** Behind the object, once it is whole. */
  readonly end: number | null;
  /** True behind the end of the array. */
  readonly isOver: boolean;
}

export const START: Scan = { at: 0, start: -1, depth: 0, isInString: false, end: null, isOver: false };
const QUOTE = 34;
const BACKSLASH = 92;

export function advance(text: string, scan: Scan): Scan {
  let { at, start, depth, isInString } = scan;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) {
        // The escaped character may come with the next chunk.
        if (at + 1 >= text.length) break;
        at += 1;
      } else if (code === QUOTE) {
        isInString = false;
      }
    } else if (code === QUOTE) {
      isInString = true;
    } else if (code === 123 || code === 91) {
      if (depth === 0) start = at;
      depth += 1;
    } else if (code === 125 || code === 93) {
      if (depth === 0) {
        return { at, start, depth, isInString, end: null, isOver: true };
      }
      depth -= 1;
      if (depth === 0) {
        return { at: at + 1, start, depth, isInString, end: at + 1, isOver: false };
      }
    }
  }
  return { at, start, depth, isInString, end: null, isOver: false };
}
