'use client';

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCount } from '../format/format-count.ts';
import { formatDay } from '../format/format-time.ts';
import type { DayCount } from './affected-chart.tsx';
import { niceTicks } from './nice-ticks.ts';

const TICK = { fontSize: 11, fill: 'var(--fg-3)' } as const;

interface Props {
  readonly days: readonly DayCount[];
  readonly height: number;
}

export function AffectedPlot({ days, height }: Props) {
  const ticks = niceTicks([0, ...days.map(({ open }) => open)], 2);
  const last = days.at(-1)?.open ?? 0;
  return (
    <div role="img" aria-label={`${formatCount(last)} open now; the table says each day`} style={{ height }}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={[...days]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tick={TICK}
            axisLine={false}
            tickLine={false}
            interval="preserveStartEnd"
            minTickGap={120}
            tickFormatter={(day: string) => formatDay(new Date(day))}
          />
          <YAxis
            width={34}
            tick={TICK}
            axisLine={false}
            tickLine={false}
            ticks={[...ticks]}
            domain={[0, ticks.at(-1) ?? 1]}
            tickFormatter={formatCount}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-control)' }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as DayCount | undefined;
              return active && point ? (
                <div className="pop px-3 py-2 text-12">
                  {formatDay(new Date(point.day))} <span className="font-medium">{formatCount(point.open)}</span>
                </div>
              ) : null;
            }}
          />
          <Line
            dataKey="open"
            stroke="var(--fg)"
            strokeWidth={1.5}
            isAnimationActive={false}
            activeDot={{ r: 3, fill: 'var(--fg)', stroke: 'none' }}
            dot={({ cx, cy, index }) => (
              <circle key={index} cx={cx} cy={cy} r={index === days.length - 1 ? 3 : 0} fill="var(--fg)" />
            )}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
