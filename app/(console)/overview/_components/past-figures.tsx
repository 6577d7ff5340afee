import { formatChange, formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import type { PastOverview } from '@/lib/core/model/history.ts';
import type { TrendWeek } from '@/lib/core/model/views.ts';
import type { Figure } from './figure-strip.tsx';
import type { OverviewLink } from './overview-link.ts';

/** What of the opening figures is kept of a past day. */
export function pastFigures(past: PastOverview, link: OverviewLink): readonly Figure[] {
  const { openTotal, change7Days, medianDaysToFixCritical: median, trend } = past;
  const date = formatDate(new Date(past.day));
  const weeks = trend.filter((week) => week.opened !== null);
  const ofWeeks = (pick: (week: TrendWeek) => number | null) =>
    weeks.length === 0 ? '–' : formatCount(weeks.reduce((sum, week) => sum + (pick(week) ?? 0), 0));
  const span = weeks.length === 0 ? 'No week of history yet' : `In ${formatCounted(weeks.length, 'week')}`;
  return [
    {
      label: 'Open',
      value: openTotal === 0 ? '–' : formatCount(openTotal),
      note: `At the end of ${date}`,
      href: link('/findings', 'is:open'),
    },
    {
      label: 'Critical and high, in 7 days',
      value: change7Days === null ? '–' : formatChange(change7Days.CRITICAL + change7Days.HIGH),
      note: change7Days === null ? 'Needs a week of history' : 'Against a week before',
      href: null,
    },
    { label: 'Opened, critical and high', value: ofWeeks((week) => week.opened), note: span, href: null },
    { label: 'Fixed, critical and high', value: ofWeeks((week) => week.fixed), note: span, href: null },
    {
      label: 'Median time to fix, critical',
      value: median === null ? '–' : `${median.toFixed(1)} d`,
      note: median === null ? 'None fixed in this time' : 'From first seen to fixed',
      href: null,
    },
  ];
}
