import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { formatCount, formatShare, formatUsd } from '@/components/format/format-count.ts';
import type { Overview } from '@/lib/core/model/views.ts';
import { ACT_NOW_QUERY, PAST_DUE_QUERY } from '../../findings/views.ts';
import type { Figure } from './figure-strip.tsx';
import type { OverviewLink } from './overview-link.ts';

/** The six figures that the overview opens with. */
export function presentFigures({ figures, openTotal, assurance }: Overview, link: OverviewLink): readonly Figure[] {
  // Nothing found and nothing proven is a dash: a zero here would read as "clean".
  const known = openTotal > 0 || assurance.proven;
  const count = (value: number) => (known ? formatCount(value) : '–');
  const notScanned = figures.resources - figures.scanned;
  return [
    {
      label: (
        <>
          <SeverityGlyph severity="CRITICAL" decorative />
          <b className="font-medium text-fg">Act now</b>
        </>
      ),
      value: count(figures.actNow),
      note: 'Critical or high, exploited, fixable',
      href: link('/findings', ACT_NOW_QUERY),
    },
    {
      label: 'Past due',
      value: count(figures.pastDue),
      note: known ? 'Open past the date' : 'Not known yet',
      href: link('/findings', PAST_DUE_QUERY, 'due'),
    },
    {
      label: 'Due in 7 days',
      value: count(figures.dueIn7Days),
      note:
        figures.dueIn7DaysUnassigned > 0 ? `${formatCount(figures.dueIn7DaysUnassigned)} unassigned` : 'By due date',
      href: link('/findings', 'is:open due:0d..7d', 'due'),
    },
    {
      label: 'Median time to fix, critical',
      value: figures.medianDaysToFixCritical === null ? '–' : `${figures.medianDaysToFixCritical.toFixed(1)} d`,
      note: figures.medianDaysToFixCritical === null ? 'None fixed in this time' : 'From first seen to fixed',
      href: link('/findings', 'is:fixed severity:critical', '-last-seen'),
    },
    {
      label: 'Coverage',
      value: figures.resources === 0 ? '–' : formatShare(figures.scanned / figures.resources),
      note: notScanned === 0 ? 'Every resource is scanned' : `${formatCount(notScanned)} not fully scanned`,
      href: link('/coverage'),
    },
    {
      label: 'Scan cost, list price',
      value: formatUsd(figures.costUsd),
      note: 'A month, managed',
      href: link('/cost'),
    },
  ];
}
