/** More statements than any distribution has made, several times over. */
const ITEMS_MAX = 2_000_000;

export interface Groups<Item> {
  /** Throws when more is added than a feed can have. */
  add(name: string, item: Item): void;
  all(): Iterable<readonly [name: string, items: readonly Item[]]>;
}

/** Brings together what a feed says of one flaw in many places. */
export function groupsOf<Item>(): Groups<Item> {
  const groups = new Map<string, Item[]>();
  let count = 0;
  return {
    add(name, item) {
      count += 1;
      if (count > ITEMS_MAX) {
        throw new Error(`it holds more than ${ITEMS_MAX} statements`);
      }
      const known = groups.get(name);
      if (known === undefined) {
        groups.set(name, [item]);
      } else {
        known.push(item);
      }
    },
    all: () => groups,
  };
}
