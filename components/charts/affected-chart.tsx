'use client';

import { ChartNoAxesCombined, Table2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { formatCount } from '../format/format-count.ts';
import { Button } from '../ui/button.tsx';

const AffectedPlot = dynamic(() => import('./affected-plot.tsx').then((module) => module.AffectedPlot), { ssr: false });

export interface DayCount {
  /** `2026-11-24`. */
  readonly day: string;
  readonly open: number;
}

const HEIGHT = 124;

/** How many were open at the end of each day, as a line or as the table that says the same. */
export function AffectedChart({ days }: { readonly days: readonly DayCount[] }) {
  const [asTable, setAsTable] = useState(false);
  const label = asTable ? 'Show as chart' : 'Show as table';
  return (
    <div className="relative">
      <Button
        kind="ghost"
        icon
        className="!h-6 !w-6 absolute -top-7 right-0"
        aria-pressed={asTable}
        aria-label={label}
        title={label}
        onClick={() => setAsTable(!asTable)}
      >
        {asTable ? <ChartNoAxesCombined size={14} strokeWidth={1.6} /> : <Table2 size={14} strokeWidth={1.6} />}
      </Button>
      <div style={{ height: HEIGHT }} className={asTable ? 'overflow-y-auto' : ''}>
        {asTable ? (
          <table className="table">
            <thead>
              <tr>
                <th>Day</th>
                <th className="num">Open</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map(({ day, open }) => (
                <tr key={day}>
                  <td>{day}</td>
                  <td className="num">{formatCount(open)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <AffectedPlot days={days} height={HEIGHT} />
        )}
      </div>
    </div>
  );
}
