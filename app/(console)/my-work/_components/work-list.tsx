import Link from 'next/link';
import { Due } from '@/components/findings/due.tsx';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { subjectWord } from '@/components/findings/subject-word.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { WorkItem } from '@/lib/core/model/duty.ts';
import type { Severity } from '@/lib/core/model/severity.ts';
import type { OwnWork } from '@/lib/operations/duty/get-my-work.ts';
import { holdersOf, sectionsOf, type WorkSection } from '../work-sections.ts';

interface Props {
  readonly work: OwnWork;
  readonly now: Date;
  readonly link: (query: string) => string;
}

/** What the reader and the reader's teams owe, by when it is due. */
export function WorkList({ work, now, link }: Props) {
  const sections = sectionsOf(work, now);
  if (sections.length === 0) {
    return (
      <EmptyState
        kind="no-match"
        title="Nothing is assigned to you or your teams"
        action={<ButtonLink href={link('is:open -is:assigned')}>List what nobody has</ButtonLink>}
      >
        {work.teams.length === 0
          ? 'You are in no team. An administrator can put you in one under Settings, Users.'
          : `Your teams: ${work.teams.join(', ')}.`}
      </EmptyState>
    );
  }
  return sections.map((section) => <Section key={section.name} section={section} work={work} now={now} link={link} />);
}

function Section({ section, work, now, link }: Props & { readonly section: WorkSection }) {
  const { title, total, rows, query } = section;
  return (
    <section className="mb-6" aria-label={title}>
      <div className="section-head !mb-1">
        <h2>{title}</h2>
        <span className="text-12 text-fg-3">
          {formatCount(total.count)}
          {total.exact ? '' : '+'}
        </span>
        <span className="ml-auto flex min-w-0 flex-wrap justify-end gap-x-3">
          {holdersOf(work.teams).map((holder) => (
            <Link key={holder.query} className="more !ml-0" href={link(`${holder.query} ${query}`)} prefetch={false}>
              <bdi className="inline-block max-w-[160px] truncate align-bottom">{holder.label}</bdi>
            </Link>
          ))}
        </span>
      </div>
      <ul className="border-line border-t">
        {rows.map((row) => (
          <Row key={row.id} row={row} now={now} />
        ))}
        {rows.length < total.count ? (
          <li className="py-2 text-12 text-fg-3">
            {formatCount(total.count - rows.length)}
            {total.exact ? '' : '+'} more; the links above list all of them.
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function Row({ row, now }: { readonly row: WorkItem; readonly now: Date }) {
  return (
    <li>
      <Link data-work-row={row.id} prefetch={false} href={`/findings/${row.id}`} className="work-row">
        <SeverityGlyph severity={row.severity as Severity} />
        <span className="w-7 flex-none text-right font-medium">{row.score === null ? '–' : row.score.toFixed(1)}</span>
        <span className="work-main">
          <span className="truncate font-medium" title={row.title}>
            {row.vulnerabilityId}
          </span>
          <span className="truncate text-fg-2">
            <bdi>{subjectWord({ packageName: row.packageName, title: row.title })}</bdi>
            {row.fixedVersion === null ? '' : ` to ${row.fixedVersion}`} on <bdi>{row.resourceName}</bdi>
          </span>
        </span>
        <span className="flex flex-none gap-1 max-sm:hidden">
          <ExploitChips kev={row.kev} epss={null} />
        </span>
        <bdi className="w-[96px] flex-none truncate text-12 text-fg-3 max-md:hidden">{row.team ?? ''}</bdi>
        <span className="w-[84px] flex-none text-right">
          {row.paused ? <span className="due text-fg-3">paused</span> : <Due dueAt={row.dueAt} now={now} />}
        </span>
      </Link>
    </li>
  );
}
