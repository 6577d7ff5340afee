import { SEVERITIES } from '@/lib/core/model/severity.ts';
import type { SeverityCounts } from '@/lib/core/model/views.ts';
import { describeCounts, sumOf } from './severity-words.ts';

interface Props {
  /** Null where nothing was scanned: the bar is hatched, because no count is known. */
  readonly counts: SeverityCounts | null;
  readonly width?: number | string;
  readonly height?: number;
}

/** Counts in the fixed order of severities. It always stands beside its total. */
export function SeverityBar({ counts, width = '100%', height = 8 }: Props) {
  if (counts === null) {
    return <span className="severity-bar" data-unknown style={{ width, height }} role="img" aria-label="Not known" />;
  }
  if (sumOf(counts) === 0) return null;
  return (
    <span className="severity-bar" style={{ width, height }} role="img" aria-label={describeCounts(counts)}>
      {SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => (
        <i key={severity} data-severity={severity} style={{ flex: counts[severity] }} />
      ))}
    </span>
  );
}
