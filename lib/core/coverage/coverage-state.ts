import type { Outcome } from '../model/diagnostic.ts';
import type { CoverageState } from '../model/estate.ts';
import { SCAN_WINDOW_HOURS } from './window.ts';

const WINDOW_MS = SCAN_WINDOW_HOURS * 3_600_000;

/** How the last scan of a resource stands at a time. */
export function coverageState(
  scan: { readonly outcome: Outcome; readonly goodAt: Date | null } | null,
  now: Date,
): CoverageState {
  if (scan === null) return 'never';
  if (scan.outcome !== 'complete') return scan.outcome;
  return (scan.goodAt?.getTime() ?? 0) < now.getTime() - WINDOW_MS ? 'late' : 'scanned';
}
