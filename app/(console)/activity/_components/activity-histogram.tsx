'use client';

import { ChartNoAxesColumn, Table2 } from 'lucide-react';
import { useState } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatClock, formatDay } from '@/components/format/format-time.ts';
import { Button } from '@/components/ui/button.tsx';
import type { ActivityBucket, ActivityFigures } from '@/lib/core/model/activity.ts';

const HEIGHT = 32;
const MARKS = 4;

/** Entries an hour, or a day, with the one that has not ended hollow; or the table that says the same. */
export function ActivityHistogram({ buckets, bucketHours }: Pick<ActivityFigures, 'buckets' | 'bucketHours'>) {
  const [asTable, setAsTable] = useState(false);
  const most = Math.max(1, ...buckets.map(({ entries }) => entries));
  const total = buckets.reduce((sum, { entries }) => sum + entries, 0);
  const unit = bucketHours === 1 ? 'hour' : 'day';
  const step = Math.max(1, Math.ceil(buckets.length / MARKS));
  const nameOf = ({ since }: ActivityBucket): string =>
    bucketHours === 1 ? `${formatDay(since)} ${formatClock(since)}` : formatDay(since);
  return (
    <section className="relative flex-none px-(--gutter) pb-1" aria-label={`Entries by ${unit}`}>
      <Button
        kind="ghost"
        icon
        className="!absolute !h-6 !w-6 right-(--gutter) z-[1]"
        aria-pressed={asTable}
        aria-label={asTable ? 'Show as chart' : 'Show as table'}
        onClick={() => setAsTable(!asTable)}
      >
        {asTable ? <ChartNoAxesColumn size={14} strokeWidth={1.6} /> : <Table2 size={14} strokeWidth={1.6} />}
      </Button>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
        <section className="h-[52px] overflow-y-auto" tabIndex={0} aria-label={`Table of entries by ${unit}`}>
          <table className="table">
            <thead>
              <tr>
                <th>{unit === 'hour' ? 'Hour (UTC)' : 'Day (UTC)'}</th>
                <th className="num">Entries</th>
              </tr>
            </thead>
            <tbody>
              {buckets.map((bucket) => (
                <tr key={bucket.since.getTime()}>
                  <td>
                    {nameOf(bucket)}
                    {bucket.partial ? ', not over' : ''}
                  </td>
                  <td className="num">{formatCount(bucket.entries)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <>
          <div
            className="activity-bars mr-8"
            style={{ height: HEIGHT }}
            role="img"
            aria-label={`${formatCounted(total, 'entry', 'entries')} in ${formatCounted(buckets.length, unit)}, at most ${formatCount(most)} in one`}
          >
            {buckets.map((bucket) => (
              <i
                key={bucket.since.getTime()}
                title={`${nameOf(bucket)}: ${formatCounted(bucket.entries, 'entry', 'entries')}`}
                data-partial={bucket.partial || undefined}
                style={{ height: bucket.entries === 0 ? 1 : Math.max(2, (bucket.entries / most) * HEIGHT) }}
              />
            ))}
          </div>
          <div className="mr-8 flex h-5 text-11 text-fg-3" aria-hidden="true">
            {buckets.flatMap((bucket, index) =>
              index % step === 0 ? (
                <span key={bucket.since.getTime()} className="min-w-0 flex-1 truncate">
                  {nameOf(bucket)}
                </span>
              ) : (
                []
              ),
            )}
          </div>
        </>
      )}
    </section>
  );
}
