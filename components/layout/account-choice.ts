import { accountGroupOf, isInUnit, nameOfUnit } from '@/lib/core/model/scope.ts';
import type { ScopeChoices } from '@/lib/core/model/views.ts';

export type ScopeAccount = ScopeChoices['accounts'][number];

/** A unit with what stands directly in it; `depth` counts the units above it. */
export interface UnitBranch {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly accounts: readonly ScopeAccount[];
}

/** Units in the order of a tree, each with its own accounts; first those that are in none, under an empty path. */
export function unitsOf(accounts: readonly ScopeAccount[]): readonly UnitBranch[] {
  const byUnit = Map.groupBy(accounts, ({ organizationalUnit }) => organizationalUnit);
  const paths = new Set([...byUnit.keys()].flatMap(withParents));
  return [...paths].toSorted(byParts).map((path) => ({
    path,
    name: path.split('/').at(-1) ?? path,
    depth: path === '' ? 0 : path.split('/').length - 1,
    accounts: byUnit.get(path) ?? [],
  }));
}

/** `a/b` comes with `a`, whether or not anything stands directly in that. */
function withParents(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function byParts(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = (a[at] ?? '').localeCompare(b[at] ?? '', 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Ids of the accounts that single accounts and units among the names of a scope stand for. */
export function coveredBy(names: readonly string[], accounts: readonly ScopeAccount[]): ReadonlySet<string> {
  const named = new Set(names);
  const units = unitsAmong(names);
  const covered = accounts.filter(
    ({ id, organizationalUnit }) => named.has(id) || units.some((path) => isInUnit(organizationalUnit, path)),
  );
  return new Set(covered.map(({ id }) => id));
}

/** Adds accounts, apart from those that a unit brings already. */
export function withAccounts(
  names: readonly string[],
  ids: readonly string[],
  accounts: readonly ScopeAccount[],
): readonly string[] {
  const covered = coveredBy(names, accounts);
  return [...names, ...ids.filter((id) => !covered.has(id))].toSorted();
}

/** Adds a unit, and leaves out what it brings. */
export function withUnit(names: readonly string[], path: string, accounts: readonly ScopeAccount[]): readonly string[] {
  const inside = new Set(
    accounts.filter(({ organizationalUnit }) => isInUnit(organizationalUnit, path)).map(({ id }) => id),
  );
  const others = names.filter((name) => {
    const group = accountGroupOf(name);
    return group?.kind === 'unit' ? !isInUnit(group.path, path) : !inside.has(name);
  });
  return [...others, nameOfUnit(path)].toSorted();
}

/** Takes accounts away; a unit that brought one of them becomes the accounts that are left of it. */
export function without(
  names: readonly string[],
  ids: ReadonlySet<string>,
  accounts: readonly ScopeAccount[],
): readonly string[] {
  const kept = names.flatMap((name) => {
    const group = accountGroupOf(name);
    if (group?.kind !== 'unit') return ids.has(name) ? [] : [name];
    const inside = accounts.filter(({ organizationalUnit }) => isInUnit(organizationalUnit, group.path));
    return inside.some(({ id }) => ids.has(id)) ? inside.map(({ id }) => id).filter((id) => !ids.has(id)) : [name];
  });
  return [...new Set(kept)].toSorted();
}

/** `All 212`, the name of the one account or unit, `14 of 212`. */
export function accountsInWords(names: readonly string[], accounts: readonly ScopeAccount[]): string {
  if (names.length === 0) return `All ${accounts.length}`;
  const [path] = unitsAmong(names);
  if (names.length === 1 && path !== undefined) return path.split('/').at(-1) ?? path;
  const covered = coveredBy(names, accounts);
  const [only] = covered;
  const one = covered.size === 1 ? accounts.find(({ id }) => id === only) : undefined;
  return one?.name ?? `${covered.size} of ${accounts.length}`;
}

function unitsAmong(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const group = accountGroupOf(name);
    return group?.kind === 'unit' ? [group.path] : [];
  });
}
