/** Counts what a reader left out, by reason. Reasons are cut short, so that a hostile feed cannot fill the memory. */
export interface SkipCount {
  add(reason: string): void;
  total(): number;
  /** Greatest count first. */
  top(limit: number): readonly { readonly reason: string; readonly count: number }[];
}

const REASONS_MAX = 200;
const REASON_LENGTH_MAX = 160;

export function createSkipCount(): SkipCount {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    add(reason) {
      total += 1;
      const short = reason.slice(0, REASON_LENGTH_MAX);
      const key = counts.has(short) || counts.size < REASONS_MAX ? short : 'other reasons';
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    total: () => total,
    top: (limit) =>
      [...counts]
        .map(([reason, count]) => ({ reason, count }))
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
        .slice(0, limit),
  };
}
