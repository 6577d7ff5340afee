import { AffectedChart } from '@/components/charts/affected-chart.tsx';
import { formatDate } from '@/components/format/format-time.ts';
import type { VulnerabilityView } from '@/lib/core/model/vulnerability-view.ts';

/** How it went over time, the facts, and when what happened. */
export function SideFacts({ view, now }: { readonly view: VulnerabilityView; readonly now: Date }) {
  const { facts, blast, sources } = view;
  const steps = timelineOf(view, now);
  return (
    <aside aria-label="Facts" className="vulnerability-side">
      {blast.firstSeenAt === null ? null : (
        <section className="panel-block">
          <h3>Affected over time</h3>
          <AffectedChart days={blast.days} />
          <p className="mt-1 text-12 text-fg-3">{paceOf(blast.days)}</p>
        </section>
      )}
      {facts === null ? null : (
        <section className="panel-block">
          <h3>Facts</h3>
          <dl className="facts">
            <Fact label="Vector" value={facts.cvss[0]?.vector ?? '–'} mono />
            <Fact label="Rated by" value={facts.severitySource ?? '–'} />
            <Fact label="Weakness" value={facts.cwes.join(', ') || '–'} />
            <Fact label="Published" value={facts.publishedAt === null ? '–' : formatDate(facts.publishedAt)} />
            <Fact
              label="EPSS"
              value={
                facts.epss === null
                  ? '–'
                  : `${(facts.epss * 100).toFixed(1)}%${facts.epssPercentile === null ? '' : `, above ${Math.floor(facts.epssPercentile * 100)}% of all`}`
              }
            />
            <Fact label="Sources" value={sources.map(({ record }) => record).join(', ') || '–'} />
            {facts.aliases.length > 0 ? <Fact label="Also called" value={facts.aliases.join(', ')} /> : null}
          </dl>
        </section>
      )}
      {facts?.kev ? (
        <section className="panel-block">
          <h3>What CISA asks for</h3>
          <p className="text-fg-2">{facts.kev.action}</p>
        </section>
      ) : null}
      {steps.length === 0 ? null : (
        <section className="panel-block">
          <h3>Timeline</h3>
          <ol className="timeline">
            {steps.map(({ day, text }) => (
              <li key={`${day} ${text}`}>
                <span className="text-fg-3">{day}</span>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </aside>
  );
}

function Fact({
  label,
  value,
  mono = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly mono?: boolean;
}) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="py-1">
        {mono ? <code className="break-all">{value}</code> : <bdi className="break-words">{value}</bdi>}
      </dd>
    </>
  );
}

interface Step {
  readonly at: number;
  readonly day: string;
  readonly text: string;
}

function timelineOf({ facts, blast }: VulnerabilityView, now: Date): readonly Step[] {
  const peak = peakOf(blast.days);
  const dates: readonly (readonly [Date | null, string])[] = [
    [facts?.publishedAt ?? null, 'Published'],
    [facts?.kev ? new Date(facts.kev.dateAdded) : null, 'Added to the catalogue of known exploited'],
    [blast.firstSeenAt, 'First seen here'],
    [peak === null ? null : new Date(peak.day), `Most at once: ${peak?.open ?? 0}`],
    [facts?.kev ? new Date(facts.kev.dueDate) : null, 'CISA’s date for federal agencies'],
  ];
  return dates
    .flatMap(([date, text]) => (date === null ? [] : [{ at: date.getTime(), day: formatDate(date), text }]))
    .filter(({ at }) => at <= now.getTime() + 366 * 86_400_000)
    .toSorted((a, b) => a.at - b.at);
}

type Days = VulnerabilityView['blast']['days'];

function peakOf(days: Days): Days[number] | null {
  const peak = days.reduce<Days[number] | null>(
    (best, day) => (best === null || day.open > best.open ? day : best),
    null,
  );
  return peak === null || peak.open === 0 || peak.day === days.at(-1)?.day ? null : peak;
}

/** How the number went in these weeks; a forecast is only made from a fall. */
function paceOf(days: Days): string {
  const last = days.at(-1)?.open ?? 0;
  const peak = peakOf(days);
  if (peak === null) return last === 0 ? 'None is open.' : 'As many as ever in these weeks.';
  const elapsed = Math.max(1, days.length - 1 - days.indexOf(peak));
  const perDay = (peak.open - last) / elapsed;
  if (perDay <= 0) return `At most ${peak.open} at once.`;
  const end = new Date(Date.parse(`${days.at(-1)?.day}T00:00:00Z`) + (last / perDay) * 86_400_000);
  const pace = last === 0 ? '' : ` Clear by ${formatDate(end)} at this pace.`;
  return `${peak.open - last} fewer than at the peak of ${peak.open}.${pace}`;
}
