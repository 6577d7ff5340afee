import type { Sight, Sights } from '../model/finding.ts';

/** Where one report stands among what one origin has reported of a resource. Times in milliseconds. */
export interface Look {
  /** When it looked. */
  readonly at: number;
  /** From when on what it says is true: `at`, or now where an old look is held against newer advisories. */
  readonly since: number;
  /** Times of the origin's complete reports, ascending, without this one. */
  readonly completes: readonly number[];
  readonly isPartial: boolean;
}

/** More sights by partial reports than this are not told apart when a complete one comes late between them. */
const PARTIAL_MAX = 8;

export interface Lifetime {
  readonly firstSeenAt: number;
  /** Since when it was open without a break, all origins together. */
  readonly openedAt: number;
  /** Null while one origin still sees it. */
  readonly closedAt: number | null;
}

/** The newest time at which the origin is known to have seen it: every complete report since then saw it too. */
export function lastSight(sight: Sight, completes: readonly number[]): number {
  return sight.gone === null ? Math.max(sight.seen, completes.at(-1) ?? sight.seen) : sight.seen;
}

/** The origin's sight after a look that saw the finding, however late the look is told. */
export function afterSeen(sight: Sight | undefined, look: Look): Sight {
  const { at, since } = look;
  const missed = look.completes.find((time) => time > at) ?? null;
  const partial = withPartial(sight, look);
  if (sight === undefined) {
    return { first: since, opened: since, seen: at, gone: missed, ...partial };
  }
  const first = Math.min(sight.first, since);
  if (sight.gone !== null && since > sight.gone) {
    return { first, opened: since, seen: at, gone: missed, ...partial };
  }
  if (sight.gone === null && at !== since && at >= sight.seen) {
    return sight;
  }
  // Between this look and the start of the period nobody looked in vain: then the period began here.
  const isEarlier = at < sight.opened && (missed === null || missed >= sight.opened);
  const opened = isEarlier ? at : sight.opened;
  return { first, opened, seen: Math.max(sight.seen, at), gone: sight.gone, ...partial };
}

function withPartial(sight: Sight | undefined, { at, isPartial }: Look): Pick<Sight, 'partial'> {
  const known = sight?.partial ?? [];
  if (!isPartial) {
    return known.length === 0 ? {} : { partial: known };
  }
  return { partial: [...new Set([...known, at])].sort((a, b) => a - b).slice(-PARTIAL_MAX) };
}

/** The origin's sight after a look that should have seen the finding and did not. */
export function afterMissed(sight: Sight, look: Look): Sight {
  const { at, since } = look;
  const seen = lastSight(sight, look.completes);
  if (sight.gone === null && (at > seen || (since > at && at >= seen))) {
    return { ...sight, seen, gone: since };
  }
  if (sight.gone !== null && at < sight.gone && at > sight.seen) {
    return { ...sight, gone: since };
  }
  if (sight.opened < at && at < seen) {
    return { ...sight, opened: firstSightAfter(at, sight, look) };
  }
  return sight;
}

/** Every complete report of a period saw the finding, so the next one after a miss begins the period anew. */
function firstSightAfter(at: number, { seen, partial }: Sight, { completes }: Look): number {
  return Math.min(...[...completes, ...(partial ?? []), seen].filter((time) => time > at));
}

/** What the sights of all origins come to. */
export function lifetimeOf(sights: Sights): Lifetime {
  const all = Object.values(sights).filter((sight) => sight !== undefined);
  const ends = all.map(({ gone }) => gone ?? Number.POSITIVE_INFINITY);
  const end = Math.max(...ends);
  return {
    firstSeenAt: Math.min(...all.map(({ first }) => first)),
    openedAt: startOfPeriod(all, end),
    closedAt: end === Number.POSITIVE_INFINITY ? null : end,
  };
}

/** Start of the periods that hang together up to the end: one origin dropping out does not begin a new one. */
function startOfPeriod(all: readonly Sight[], end: number): number {
  let start = Math.min(
    ...all.filter(({ gone }) => (gone ?? Number.POSITIVE_INFINITY) === end).map((one) => one.opened),
  );
  for (const sight of [...all].sort((a, b) => b.opened - a.opened)) {
    if ((sight.gone ?? Number.POSITIVE_INFINITY) >= start && sight.opened < start) {
      start = sight.opened;
    }
  }
  return start;
}
