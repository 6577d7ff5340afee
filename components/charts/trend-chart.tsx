'use client';

import { ChartNoAxesCombined, Table2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { TrendWeek } from '@/lib/core/model/views.ts';
import { Button } from '../ui/button.tsx';
import { TREND_HEIGHT } from './trend-height.ts';
import { TrendTable } from './trend-table.tsx';

// The chart library is larger than the page around it, so it arrives after the page, into a box of its final size.
const TrendPlot = dynamic(() => import('./trend-plot.tsx').then((module) => module.TrendPlot), { ssr: false });

interface Props {
  readonly weeks: readonly TrendWeek[];
  readonly summary: string;
}

/** Opened against fixed, week by week, as a drawing or as the table that says the same. */
export function TrendChart({ weeks, summary }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <div className="relative">
      <div className="mb-1.5 flex items-center justify-end gap-3.5 text-12 text-fg-3">
        <Legend colour="var(--fg)" line label="Open" />
        <Legend colour="var(--info)" label="Opened" />
        <Legend colour="var(--accent-fill)" label="Fixed" />
        <Button
          kind="ghost"
          icon
          className="!h-6 !w-6"
          aria-pressed={asTable}
          aria-label={asTable ? 'Show as chart' : 'Show as table'}
          title={asTable ? 'Show as chart' : 'Show as table'}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <ChartNoAxesCombined size={14} strokeWidth={1.6} /> : <Table2 size={14} strokeWidth={1.6} />}
        </Button>
      </div>
      <div style={{ height: TREND_HEIGHT }} className={asTable ? 'overflow-y-auto' : ''}>
        {asTable ? <TrendTable weeks={weeks} /> : <TrendPlot weeks={weeks} summary={summary} />}
      </div>
    </div>
  );
}

function Legend({
  colour,
  line = false,
  label,
}: {
  readonly colour: string;
  readonly line?: boolean;
  readonly label: string;
}) {
  return (
    <span className="flex items-center gap-1.5">
      <i
        className="block rounded-[1px]"
        style={{ background: colour, width: line ? 12 : 8, height: line ? 2 : 8 }}
        aria-hidden="true"
      />
      {label}
    </span>
  );
}
