import { compareDigits, compareText } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

/** A number, a qualifier or a list of items behind a hyphen or a change between digits and letters. */
type Item =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'word'; readonly rank: number; readonly text: string }
  | { readonly kind: 'list'; readonly items: Item[] };

export interface MavenVersion {
  readonly items: readonly Item[];
}

/**
 * Maven's generic order of versions, which accepts any text of visible ASCII. Rules: "Version Order Specification" of the POM reference
 * and ComparableVersion of Maven 3.9.
 */
export const maven: VersionScheme<MavenVersion> = { id: 'maven', parse, compare, isDoubtful: () => false };

/** Known qualifiers in their order; any other word comes after them all. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = QUALIFIERS.indexOf('');
const ALIASES: Readonly<Record<string, string>> = { cr: 'rc', final: '', ga: '', release: '' };
const SHORT: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' };
const PRINTABLE = /^[\x21-\x7e]+$/;

function parse(text: string): MavenVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const version = text.trim().toLowerCase();
  if (!PRINTABLE.test(version)) {
    return null;
  }
  const root: Item[] = [];
  const lists = [root];
  let list = root;
  const open = (): void => {
    const items: Item[] = [];
    list.push({ kind: 'list', items });
    lists.push(items);
    list = items;
  };
  let start = 0;
  let inDigits = false;
  for (let at = 0; at < version.length; at += 1) {
    const sign = version[at];
    if (sign === '.' || sign === '-') {
      // ".X" counts as "-X" for any word X. Maven's code forgets it in the middle of a version, by which
      // 1.x-1 < 1-b < 1 < 1.x-1.
      if (at > start && !inDigits && list.length > 0) {
        open();
      }
      list.push(at === start ? numberOf('0') : itemOf(version.slice(start, at), inDigits, false));
      start = at + 1;
      if (sign === '-') {
        open();
      }
    } else if (isDigit(version, at)) {
      if (!inDigits && at > start) {
        if (list.length > 0) {
          open();
        }
        list.push(itemOf(version.slice(start, at), false, true));
        start = at;
        open();
      }
      inDigits = true;
    } else {
      if (inDigits && at > start) {
        list.push(itemOf(version.slice(start, at), true, false));
        start = at;
        open();
      }
      inDigits = false;
    }
  }
  if (start < version.length) {
    if (!inDigits && list.length > 0) {
      open();
    }
    list.push(itemOf(version.slice(start), inDigits, false));
  }
  for (const items of lists.reverse()) {
    normalize(items);
  }
  return { items: root };
}

function itemOf(text: string, isNumber: boolean, beforeDigits: boolean): Item {
  return isNumber ? numberOf(text) : wordOf(text, beforeDigits);
}

function numberOf(digits: string): Item {
  return { kind: 'number', digits };
}

function wordOf(text: string, beforeDigits: boolean): Item {
  const full = (beforeDigits && Object.hasOwn(SHORT, text) ? SHORT[text] : undefined) ?? text;
  const known = (Object.hasOwn(ALIASES, full) ? ALIASES[full] : undefined) ?? full;
  const rank = QUALIFIERS.indexOf(known);
  return { kind: 'word', rank: rank === -1 ? QUALIFIERS.length : rank, text: known };
}

/** Drops what equals nothing ("0", "", "final") from the end, and from before a hyphen. */
function normalize(items: Item[]): void {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item !== undefined && isNothing(item)) {
      items.splice(index, 1);
    } else if (item?.kind !== 'list') {
      break;
    }
  }
  // "1-0rc" is "1-rc" by the specification. Maven's code keeps a list in a list there, by which 1-eta < 1-0rc < 1 < 1-eta.
  const [first] = items;
  if (first?.kind === 'list' && first.items[0]?.kind === 'word') {
    items.splice(0, 1, ...first.items);
  }
}

function isNothing(item: Item): boolean {
  if (item.kind === 'number') {
    return /^0*$/.test(item.digits);
  }
  return item.kind === 'word' ? item.rank === RELEASE : item.items.length === 0;
}

function compare(a: MavenVersion, b: MavenVersion): Order {
  return compareLists(a.items, b.items);
}

function compareLists(a: readonly Item[], b: readonly Item[]): Order {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareItems(a[index], b[index]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** An absent item is nothing: zero among numbers, a plain release among words. */
function compareItems(a: Item | undefined, b: Item | undefined): Order {
  if (a === undefined) {
    return b === undefined ? 0 : opposite(compareToNothing(b));
  }
  if (b === undefined) {
    return compareToNothing(a);
  }
  if (a.kind !== b.kind) {
    return KIND_ORDER[a.kind] < KIND_ORDER[b.kind] ? -1 : 1;
  }
  if (a.kind === 'number' && b.kind === 'number') {
    return compareDigits(a.digits, b.digits);
  }
  if (a.kind === 'list' && b.kind === 'list') {
    return compareLists(a.items, b.items);
  }
  return a.kind === 'word' && b.kind === 'word' ? compareWords(a, b) : 0;
}

/** 1-sp < 1-1 < 1.1 */
const KIND_ORDER = { word: 0, list: 1, number: 2 } as const;

function compareToNothing(item: Item): Order {
  if (item.kind === 'number') {
    return isNothing(item) ? 0 : 1;
  }
  if (item.kind === 'word') {
    return orderOf(item.rank - RELEASE);
  }
  for (const inner of item.items) {
    const order = compareToNothing(inner);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

function compareWords(a: Extract<Item, { kind: 'word' }>, b: Extract<Item, { kind: 'word' }>): Order {
  if (a.rank !== b.rank) {
    return a.rank < b.rank ? -1 : 1;
  }
  return a.rank === QUALIFIERS.length ? compareText(a.text, b.text) : 0;
}

function opposite(order: Order): Order {
  return (order === 0 ? 0 : -order) as Order;
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}
