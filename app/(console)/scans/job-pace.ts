/** What was done by a moment. */
export interface PaceSample {
  readonly at: number;
  readonly done: number;
}

export interface Pace {
  readonly perSecond: number;
  readonly leftMilliseconds: number;
}

/** Before that one look too many or too few would show. */
const SEEN_MILLISECONDS = 3_000;
/** What was long ago says little of what is left. */
const KEPT_MILLISECONDS = 30_000;

/** The samples with one more; those that are too old to count are gone. */
export function withSample(samples: readonly PaceSample[], sample: PaceSample): readonly PaceSample[] {
  // An attempt that begins anew has done less than before.
  const known = (samples.at(-1)?.done ?? 0) > sample.done ? [] : samples;
  return [...known.filter(({ at }) => sample.at - at <= KEPT_MILLISECONDS), sample];
}

/** How fast it goes and how long it still takes; null while that is not known. */
export function paceOf(samples: readonly PaceSample[], total: number): Pace | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < SEEN_MILLISECONDS) return null;
  const perSecond = ((last.done - first.done) * 1000) / (last.at - first.at);
  if (perSecond <= 0) return null;
  return { perSecond, leftMilliseconds: (Math.max(0, total - last.done) * 1000) / perSecond };
}

/** `41/s`, `2.5/s`, `12/min`. */
export function paceInWords(perSecond: number): string {
  if (perSecond >= 10) return `${Math.round(perSecond).toLocaleString('en-US')}/s`;
  if (perSecond >= 1) return `${Math.round(perSecond * 10) / 10}/s`;
  return `${Math.max(1, Math.round(perSecond * 60))}/min`;
}
