import { type Choice, priceOf } from './choose.ts';

/**
 * Exchanges chosen changes for one that removes more, until none does or the visits are used up: it is put in, those that it makes
 * least worth their cost go until it fits, and what is left is filled. Returns how many exchanges were kept.
 */
export function improve(choice: Choice, visitsMax: number): number {
  const visitsEnd = choice.coverage.visits + visitsMax;
  let exchanges = 0;
  while (exchangeOne(choice, outsideByGain(choice, visitsEnd), visitsEnd)) exchanges += 1;
  return exchanges;
}

interface Outsider {
  readonly change: number;
  /** What it would remove beyond the selection. */
  readonly gain: number;
}

/** What would remove something beyond the selection, most first. */
function outsideByGain(choice: Choice, visitsEnd: number): readonly Outsider[] {
  const { candidates, coverage, selection, ranks } = choice;
  const outside: Outsider[] = [];
  for (const change of candidates) {
    if (coverage.visits >= visitsEnd) return [];
    if (selection.has(change)) continue;
    const gain = coverage.gainOf(change);
    if (gain > 0) outside.push({ change, gain });
  }
  return outside.sort((a, b) => b.gain - a.gain || (ranks[a.change] as number) - (ranks[b.change] as number));
}

function exchangeOne(choice: Choice, outside: readonly Outsider[], visitsEnd: number): boolean {
  const { coverage, selection } = choice;
  const isWorth = worthBeside(choice);
  const others = outside.map(({ change }) => change);
  for (const outsider of outside) {
    if (coverage.visits >= visitsEnd) return false;
    if (!isWorth(outsider)) continue;
    const { removed } = coverage;
    const changes = [...selection.changes];
    if (putIn(choice, outsider.change)) {
      fill(choice, others);
      if (coverage.removed > removed) return true;
    }
    restore(choice, changes);
  }
  return false;
}

/**
 * Whether a change is worth putting in. Where changes are counted one has to go for it, and what that one loses follows from the findings
 * that both close: a look at the change in place of one at the whole selection. By cost several may go, and all are tried.
 */
function worthBeside(choice: Choice): (outsider: Outsider) => boolean {
  const { coverage, selection, kept, table } = choice;
  if (!selection.isFull || selection.limits.cost !== Number.POSITIVE_INFINITY) return () => true;
  const losses = new Float64Array(table.ids.length).fill(Number.POSITIVE_INFINITY);
  const byLoss = selection.changes.filter((change) => !kept.has(change));
  for (const change of byLoss) losses[change] = coverage.lossOf(change);
  byLoss.sort((a, b) => (losses[a] as number) - (losses[b] as number));
  const shares = new Float64Array(table.ids.length);
  return ({ change, gain }) => {
    const shared = coverage.shareOut(change, shares);
    const untouched = byLoss.find((out) => shares[out] === 0);
    let least = untouched === undefined ? Number.POSITIVE_INFINITY : (losses[untouched] as number);
    for (const out of shared) {
      least = Math.min(least, (losses[out] as number) - (shares[out] as number));
      shares[out] = 0;
    }
    return gain > least;
  };
}

function putIn(choice: Choice, change: number): boolean {
  const { coverage, selection, table, kept } = choice;
  coverage.add(change);
  while (!selection.fits(change)) {
    const rival = selection.changes.find(
      (one) => table.groups[one] === table.groups[change] && table.groups[one] !== -1,
    );
    const out = rival ?? leastWorth(choice);
    if (out === null || kept.has(out)) {
      coverage.drop(change);
      return false;
    }
    coverage.drop(out);
    selection.drop(out);
  }
  selection.add(change);
  return true;
}

function leastWorth(choice: Choice): number | null {
  const { coverage, selection, kept, ranks } = choice;
  let least: number | null = null;
  let worth = Number.POSITIVE_INFINITY;
  for (const change of selection.changes) {
    if (kept.has(change)) continue;
    const own = coverage.lossOf(change) / priceOf(choice, change);
    if (least === null || own < worth || (own === worth && (ranks[change] as number) > (ranks[least] as number))) {
      least = change;
      worth = own;
    }
  }
  return least;
}

function fill(choice: Choice, outside: readonly number[]): void {
  const { coverage, selection, ranks } = choice;
  for (;;) {
    let best: number | null = null;
    let worth = 0;
    for (const change of outside) {
      if (selection.isFull || selection.has(change) || !selection.fits(change)) continue;
      const own = coverage.gainOf(change) / priceOf(choice, change);
      if (own > worth || (own === worth && best !== null && (ranks[change] as number) < (ranks[best] as number))) {
        best = change;
        worth = own;
      }
    }
    if (best === null) return;
    coverage.add(best);
    selection.add(best);
  }
}

/** Makes the selection consist of these changes, which have to fit. */
export function restore({ coverage, selection }: Choice, changes: readonly number[]): void {
  const wanted = new Set(changes);
  for (const change of selection.changes.filter((one) => !wanted.has(one))) {
    coverage.drop(change);
    selection.drop(change);
  }
  for (const change of changes) {
    if (selection.has(change)) continue;
    coverage.add(change);
    selection.add(change);
  }
}
