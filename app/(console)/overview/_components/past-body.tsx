import { EmptyState } from '@/components/ui/block-state.tsx';
import type { PastOverview } from '@/lib/core/model/history.ts';
import { AccountsByRisk } from './accounts-by-risk.tsx';
import { FigureStrip } from './figure-strip.tsx';
import { OpenBySeverity } from './open-by-severity.tsx';
import type { OverviewLink } from './overview-link.ts';
import { pastFigures } from './past-figures.tsx';
import { Trend } from './trend.tsx';

interface Props {
  readonly past: PastOverview;
  readonly link: OverviewLink;
}

/** The overview of a past day. What is known of the present only is named, not shown as nothing. */
export function PastBody({ past, link }: Props) {
  const nothingKnown = past.openTotal === 0 && past.trend.every((week) => week.openAtEnd === null);
  return (
    <div className="flex flex-col px-(--gutter) pb-4">
      <p className="pb-2 text-12 text-fg-2">
        Act now, due dates, fix first, coverage and cost are kept of the present only.
      </p>
      {nothingKnown ? (
        <EmptyState kind="unknown" title="Nothing was scanned by then">
          The first scan of this scope came later, so there is nothing to show of that day.
        </EmptyState>
      ) : (
        <>
          <FigureStrip figures={pastFigures(past, link)} />
          <div className="band two-columns">
            <Trend weeks={past.trend} />
            <OpenBySeverity counts={past} known={past.openTotal > 0} link={link} />
          </div>
          <div className="band two-columns">
            <AccountsByRisk accounts={past.accountsByRisk} link={link} />
          </div>
        </>
      )}
    </div>
  );
}
