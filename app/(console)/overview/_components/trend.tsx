import { TrendChart } from '@/components/charts/trend-chart.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import type { TrendWeek } from '@/lib/core/model/views.ts';

export function Trend({ weeks }: { readonly weeks: readonly TrendWeek[] }) {
  const known = weeks.filter((week) => week.openAtEnd !== null);
  return (
    <section className="min-h-[292px]">
      <header className="section-head !mb-0">
        <h2>Critical and high, opened against fixed</h2>
        <span className="text-12 text-fg-3 max-sm:hidden">{direction(known)}</span>
      </header>
      {known.length === 0 ? (
        <div className="pt-3">
          <EmptyState kind="unknown" title="No history yet">
            The first week appears after the first scan.
          </EmptyState>
        </div>
      ) : (
        <TrendChart weeks={weeks} summary={summaryOf(weeks)} />
      )}
    </section>
  );
}

function direction(known: readonly TrendWeek[]): string {
  const first = known[0]?.openAtEnd ?? 0;
  const last = known.at(-1)?.openAtEnd ?? 0;
  if (known.length < 2) return '';
  const ago = `${known.length} weeks ago`;
  if (first === last) return `As many as ${ago}`;
  return `${formatCount(Math.abs(last - first))} ${last < first ? 'fewer' : 'more'} than ${ago}`;
}

function summaryOf(weeks: readonly TrendWeek[]): string {
  const sum = (pick: (week: TrendWeek) => number | null) => weeks.reduce((total, week) => total + (pick(week) ?? 0), 0);
  const open = weeks.findLast((week) => week.openAtEnd !== null)?.openAtEnd ?? 0;
  return `Critical and high findings per week: ${formatCount(sum((week) => week.opened))} opened, ${formatCount(
    sum((week) => week.fixed),
  )} fixed, ${formatCount(open)} open at the end`;
}
