import { CircleCheck, CirclePause } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { TargetView } from '@/lib/operations/targets/list-targets.ts';
import { cronInWords } from '../cron-in-words.ts';
import { targetsAddress } from '../target-words.ts';

interface Props {
  readonly targets: readonly TargetView[];
  /** A target is open beside the table. */
  readonly narrow: boolean;
  readonly now: Date;
}

/** All schedules, what comes next first. */
export function ScheduleTable({ targets, narrow, now }: Props) {
  const lines = targets
    .flatMap((target) => target.schedules.map((schedule) => ({ target, schedule, next: schedule.next[0] ?? null })))
    .toSorted((a, b) => (a.next?.getTime() ?? Infinity) - (b.next?.getTime() ?? Infinity));
  const off = lines.filter(({ schedule }) => !schedule.isOn).length;
  return (
    <section className="pt-4" aria-labelledby="schedules">
      <div className="section-head !mb-0 px-(--gutter)">
        <h2 id="schedules">Schedules</h2>
        <span className="text-12 text-fg-3">
          {formatCounted(lines.length, 'schedule')}
          {off === 0 ? '' : `, ${formatCount(off)} switched off`}
        </span>
      </div>
      <table className="rows-table">
        <thead>
          <tr>
            <th>When</th>
            <th className={narrow ? 'w-[150px] max-sm:hidden' : 'w-[190px] max-sm:hidden'}>Time zone</th>
            <th className="w-[24%] max-sm:hidden">Target</th>
            <th className="num w-[80px] max-md:hidden">Now</th>
            <th className={narrow ? 'hidden' : 'num w-[130px] max-lg:hidden'}>Last</th>
            <th className="num w-[130px]">Next, UTC</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ target, schedule, next }) => (
            <tr key={schedule.id}>
              <td>
                <Link
                  className="flex min-w-0 items-center gap-2 font-medium"
                  href={targetsAddress(target.id)}
                  scroll={false}
                  prefetch={false}
                  data-opens-target={target.id}
                >
                  {schedule.isOn ? (
                    <CircleCheck size={14} strokeWidth={1.6} className="text-ok" role="img" aria-label="On" />
                  ) : (
                    <CirclePause size={14} strokeWidth={1.6} className="text-fg-3" role="img" aria-label="Off" />
                  )}
                  <span className="truncate">{cronInWords(schedule.cron)}</span>
                </Link>
              </td>
              <td className="text-fg-2 max-sm:hidden">{schedule.timeZone}</td>
              <td className="text-fg-2 max-sm:hidden">
                <bdi>{target.name}</bdi>
              </td>
              <td className="num max-md:hidden">{formatCount(target.now.resources)}</td>
              <td className={narrow ? 'hidden' : 'num text-fg-2 max-lg:hidden'}>
                {schedule.lastAt === null ? 'never' : <Timestamp time={schedule.lastAt} now={now} />}
              </td>
              <td className="num">
                {next === null ? <span className="text-fg-3">off</span> : <Timestamp time={next} now={now} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
