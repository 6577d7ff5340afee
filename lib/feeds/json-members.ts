import { advance, type Scan, START } from './json-objects.ts';

/** A member of a member of … a JSON object, cut out as text. */
export interface JsonMember {
  /** The names that lead to it, outermost first; fewer than asked for where a value on the way is no object. */
  readonly path: readonly string[];
  readonly text: string;
}

/** The largest member that is read, in characters: a hundred times what any feed has. */
const MEMBER_LENGTH_MAX = 4 * 1024 * 1024;
const KEY_LENGTH_MAX = 10_000;
/** Texts and numbers where an object should be. */
const PLAIN_LENGTH_MAX = 1024 * 1024;
const BLANK = /[\s]/;

type Expected = 'object' | 'key' | 'colon' | 'value';

interface Place {
  expected: Expected;
  /** Names of the objects that are open, the root left out. */
  readonly path: string[];
  /** Objects that are open. */
  level: number;
  /** How far the value that is being read was looked at. */
  scan: Scan;
}

/**
 * The members `depth` levels below the root of a JSON document that is one object of objects, as the document streams by, so
 * that a document of any size takes the memory of its largest such member. Throws when the document is cut short or no JSON.
 */
export async function* jsonMembers(chunks: AsyncIterable<string>, depth: number): AsyncGenerator<JsonMember> {
  const place: Place = { expected: 'object', path: [], level: 0, scan: START };
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    for (;;) {
      const step = take(text, place, depth);
      if (step === null) {
        break;
      }
      text = text.slice(step.end);
      if (step.member !== null) {
        yield step.member;
      }
      if (place.level === 0) {
        return;
      }
    }
    if (text.length > MEMBER_LENGTH_MAX) {
      throw new Error(`one of its records is longer than ${MEMBER_LENGTH_MAX} characters`);
    }
  }
  throw new Error(place.level === 0 ? 'it is empty' : 'it ends in the middle of a record');
}

/** Reads the next sign or value. Null where more text is needed. */
function take(text: string, place: Place, depth: number): { end: number; member: JsonMember | null } | null {
  const at = place.expected === 'value' && place.scan !== START ? place.scan.start : firstSign(text);
  const sign = text[at];
  if (sign === undefined) {
    return null;
  }
  const passed = { end: at + 1, member: null };
  if (place.expected === 'object') {
    if (sign === '{') {
      place.level += 1;
      place.expected = 'key';
      return passed;
    }
    if (place.level === 0) {
      throw notJson();
    }
    place.expected = 'value';
  }
  if (place.expected === 'key') {
    if (sign === ',') {
      return passed;
    }
    return sign === '}' ? close(place, passed) : takeKey(text, at, place);
  }
  if (place.expected === 'colon') {
    if (sign !== ':') {
      throw notJson();
    }
    place.expected = place.level < depth ? 'object' : 'value';
    return passed;
  }
  return takeValue(text, at, place);
}

function close<Step>(place: Place, step: Step): Step {
  place.level -= 1;
  place.path.pop();
  return step;
}

function takeKey(text: string, at: number, place: Place): { end: number; member: null } | null {
  const end = text[at] === '"' ? endOfText(text, at) : -1;
  if (end === null && text.length - at < KEY_LENGTH_MAX) {
    return null;
  }
  if (end === null || end === -1) {
    throw notJson();
  }
  place.path.push(parsedKey(text.slice(at, end)));
  place.expected = 'colon';
  return { end, member: null };
}

function takeValue(text: string, at: number, place: Place): { end: number; member: JsonMember } | null {
  const end = endOfValue(text, at, place);
  if (end === null) {
    if (place.scan === START && text.length - at > PLAIN_LENGTH_MAX) {
      throw new Error(`one of its values is longer than ${PLAIN_LENGTH_MAX} characters`);
    }
    return null;
  }
  const member = { path: [...place.path], text: text.slice(at, end) };
  place.path.pop();
  place.expected = 'key';
  place.scan = START;
  return { end, member };
}

function endOfValue(text: string, at: number, place: Place): number | null {
  if (text[at] === '"') {
    return endOfText(text, at);
  }
  if (text[at] !== '{' && text[at] !== '[') {
    const end = text.slice(at).search(/[,}\]\s]/);
    return end === -1 ? null : at + end;
  }
  // Where more text is needed, it is put behind this one, so that the place stays true.
  place.scan = advance(text, place.scan === START ? { ...START, at } : place.scan);
  return place.scan.end;
}

/** Behind the closing quotation mark; null where it has not come yet. */
function endOfText(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '"') {
      return at + 1;
    }
  }
  return null;
}

function firstSign(text: string): number {
  let at = 0;
  while (at < text.length && BLANK.test(text[at] ?? '')) {
    at += 1;
  }
  return at;
}

function parsedKey(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    throw notJson();
  }
}

function notJson(): Error {
  return new Error('it is not a JSON object');
}
