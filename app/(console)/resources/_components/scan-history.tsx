import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDay, formatDuration } from '@/components/format/format-time.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { OpenStep } from '@/lib/core/model/estate.ts';
import type { ResourceScan } from '@/lib/core/model/views.ts';
import { OpenLine } from './open-line.tsx';

const DAYS = 14;
const DAY_MS = 86_400_000;
const ROWS_SHOWN = 60;

interface Props {
  /** Newest first. */
  readonly scans: readonly ResourceScan[];
  /** How many findings were open in the same days, oldest first. */
  readonly open: readonly OpenStep[];
  readonly now: Date;
}

/** One tick for each look of the last fourteen days, hatched where nobody looked for two days, and the looks in words. */
export function ScanHistory({ scans, open, now }: Props) {
  if (scans.length === 0) {
    return (
      <EmptyState kind="unknown" title="No scan in the last 14 days">
        What is shown of it is older, or it was never looked at.
      </EmptyState>
    );
  }
  const start = now.getTime() - DAYS * DAY_MS;
  const place = (at: number) => `${Math.max(0, Math.min(100, ((at - start) / (DAYS * DAY_MS)) * 100))}%`;
  return (
    <>
      <div className="scan-chart">
        <OpenLine steps={open} start={start} end={now.getTime()} />
        <div className="scan-ticks" role="img" aria-label={describeScans(scans)}>
          {silencesOf(scans, start, now.getTime()).map(([from, to]) => (
            <i key={from} data-silent style={{ left: place(from), width: `calc(${place(to)} - ${place(from)})` }} />
          ))}
          {scans.map((scan) => (
            <i
              key={scan.id}
              data-outcome={scan.outcome}
              style={{ left: place(scan.endedAt.getTime()) }}
              title={`${scan.scanType}, ${scan.outcome}`}
            />
          ))}
        </div>
        <div className="flex justify-between text-11 text-fg-3" aria-hidden="true">
          <span>{formatDay(new Date(start))}</span>
          <span>{formatDay(now)}</span>
        </div>
      </div>
      <ScrollRegion label="Scans">
        <table className="table mt-2">
          <thead>
            <tr>
              <th>Ended</th>
              <th>Job</th>
              <th>Scan</th>
              <th>Took</th>
              <th>What came of it</th>
              <th className="num">Findings</th>
            </tr>
          </thead>
          <tbody>
            {scans.slice(0, ROWS_SHOWN).map((scan) => (
              <tr key={scan.id}>
                <td>
                  <Timestamp time={scan.endedAt} now={now} />
                </td>
                <td>{scan.jobNumber === null ? '–' : <code className="text-fg-3">#{scan.jobNumber}</code>}</td>
                <td>{scan.scanType}</td>
                <td>{formatDuration(scan.endedAt.getTime() - scan.startedAt.getTime())}</td>
                <td className={scan.outcome === 'complete' ? '' : 'text-warn'}>
                  {scan.outcome === 'complete'
                    ? whatWasSeen(scan)
                    : `${scan.outcome}: ${scan.reason ?? 'no reason was recorded'}`}
                </td>
                <td className="num">{scan.outcome === 'failed' ? '–' : formatCount(scan.findings)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

/** Spans of more than two days without a look, which is how long one counts. */
function silencesOf(
  scans: readonly ResourceScan[],
  start: number,
  end: number,
): readonly (readonly [number, number])[] {
  const times = [start, ...scans.map(({ endedAt }) => endedAt.getTime()).toSorted((a, b) => a - b), end];
  return times.flatMap((from, index) => {
    const to = times[index + 1];
    return to !== undefined && to - from > 2 * DAY_MS ? [[from, to] as const] : [];
  });
}

function describeScans(scans: readonly ResourceScan[]): string {
  const bad = scans.filter(({ outcome }) => outcome !== 'complete').length;
  return `${formatCounted(scans.length, 'scan')} in 14 days, ${bad === 0 ? 'all complete' : `${formatCount(bad)} not complete`}; the table says each`;
}

function whatWasSeen({ scanType, packages, findings }: ResourceScan): string {
  return scanType === 'network' ? formatCounted(findings, 'open port') : formatCounted(packages, 'package');
}
