'use client';

import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { TrendWeek } from '@/lib/core/model/views.ts';
import { formatChange, formatCount } from '../format/format-count.ts';
import { formatDay } from '../format/format-time.ts';
import { niceTicks } from './nice-ticks.ts';

interface Point {
  readonly day: string;
  readonly opened: number | null;
  /** Below zero, so that lengths of opened and fixed compare on one scale. */
  readonly fixed: number | null;
  readonly open: number | null;
  readonly partial: boolean;
}

interface Props {
  readonly weeks: readonly TrendWeek[];
  readonly summary: string;
}

const AXIS_WIDTH = 46;
const TICK = { fontSize: 11, fill: 'var(--fg-3)' } as const;
const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 } as const;

/** Two drawings over one time axis: the stock on its own scale above, the two flows on one scale below. */
export function TrendPlot({ weeks, summary }: Props) {
  const points = weeks.map(toPoint);
  const stock = niceTicks(
    points.map((point) => point.open),
    2,
  );
  const flow = niceTicks(
    points.flatMap((point) => [point.opened, point.fixed === null ? null : -point.fixed, 0]),
    2,
  );
  const flowEnd = flow.at(-1) ?? 1;

  return (
    <div role="img" aria-label={summary} className="flex h-full flex-col">
      <ResponsiveContainer width="100%" height={84}>
        <LineChart data={points} margin={{ ...MARGIN, bottom: 6 }} syncId="trend" accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="day" hide padding={{ left: 18, right: 18 }} />
          <YAxis
            width={AXIS_WIDTH}
            tick={TICK}
            axisLine={false}
            tickLine={false}
            ticks={[...stock]}
            domain={[bottomOf(stock), topOf(stock)]}
            tickFormatter={formatCount}
          />
          <Tooltip content={() => null} cursor={{ stroke: 'var(--line-control)' }} isAnimationActive={false} />
          <Line
            dataKey="open"
            stroke="var(--fg)"
            strokeWidth={1.5}
            isAnimationActive={false}
            activeDot={{ r: 3, fill: 'var(--fg)', stroke: 'none' }}
            dot={({ cx, cy, index }) => (
              <circle key={index} cx={cx} cy={cy} r={index === lastKnown(points) ? 3 : 0} fill="var(--fg)" />
            )}
          >
            <LabelList
              dataKey="open"
              content={(label) => (
                <EndLabel {...label} last={lastKnown(points)} middle={(bottomOf(stock) + topOf(stock)) / 2} />
              )}
            />
          </Line>
        </LineChart>
      </ResponsiveContainer>
      <ResponsiveContainer width="100%" height={152}>
        <BarChart
          data={points}
          margin={MARGIN}
          syncId="trend"
          stackOffset="sign"
          barSize={16}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tick={TICK}
            axisLine={false}
            tickLine={false}
            interval="equidistantPreserveStart"
            minTickGap={28}
            padding={{ left: 18, right: 18 }}
          />
          <YAxis
            width={AXIS_WIDTH}
            tick={TICK}
            axisLine={false}
            tickLine={false}
            domain={[-flowEnd, flowEnd]}
            ticks={[-flowEnd, 0, flowEnd]}
            tickFormatter={formatChange}
          />
          <ReferenceLine y={0} stroke="var(--line-strong)" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--bg-hover)' }}
            content={({ active, payload }) => (active ? <PointTable point={payload[0]?.payload as Point} /> : null)}
          />
          <Bar dataKey="opened" stackId="flow" fill="var(--info)" isAnimationActive={false}>
            {points.map((point) => (
              <Cell key={point.day} {...hollow(point, 'var(--info)')} />
            ))}
          </Bar>
          <Bar dataKey="fixed" stackId="flow" fill="var(--accent-fill)" isAnimationActive={false}>
            {points.map((point) => (
              <Cell key={point.day} {...hollow(point, 'var(--accent-fill)')} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function PointTable({ point }: { readonly point: Point | undefined }) {
  if (!point) return null;
  const rows = [
    ['Open', point.open],
    ['Opened', point.opened],
    ['Fixed', point.fixed === null ? null : -point.fixed],
  ] as const;
  return (
    <div className="pop grid grid-cols-[auto_auto] gap-x-4 px-3 py-2 text-12">
      <span className="col-span-2 mb-1 font-medium">
        Week from {point.day}
        {point.partial ? ', so far' : ''}
      </span>
      {rows.map(([label, value]) => (
        <span key={label} className="contents">
          <span className="text-fg-2">{label}</span>
          <span className="num">{value === null ? '–' : formatCount(value)}</span>
        </span>
      ))}
    </div>
  );
}

interface EndLabelProps {
  readonly x?: number | string | undefined;
  readonly y?: number | string | undefined;
  readonly index?: number | undefined;
  readonly value?: unknown;
  readonly last: number;
  /** Value in the middle of the axis: below it the label stands over the line, where there is room. */
  readonly middle: number;
}

function EndLabel({ x = 0, y = 0, index, value, last, middle }: EndLabelProps) {
  if (index !== last || typeof value !== 'number') return null;
  return (
    <text
      x={Number(x) - 9}
      y={Number(y) + (value < middle ? -9 : 16)}
      textAnchor="end"
      fontSize={12}
      fontWeight={500}
      fill="var(--fg)"
      stroke="var(--bg-canvas)"
      strokeWidth={4}
      paintOrder="stroke"
    >
      {formatCount(value)} open
    </text>
  );
}

/** A week that has not ended is drawn as an outline: it is not comparable yet. */
function hollow(point: Point, colour: string) {
  return point.partial ? { fill: 'var(--bg-canvas)', stroke: colour } : {};
}

function toPoint(week: TrendWeek): Point {
  return {
    day: formatDay(week.weekStart),
    opened: week.opened,
    fixed: week.fixed === null ? null : -week.fixed,
    open: week.openAtEnd,
    partial: week.partial,
  };
}

function bottomOf(ticks: readonly number[]): number {
  return ticks[0] ?? 0;
}

function topOf(ticks: readonly number[]): number {
  return ticks.at(-1) ?? 1;
}

function lastKnown(points: readonly Point[]): number {
  return points.findLastIndex((point) => point.open !== null);
}
