import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import type { BoundedCount, EndingItem } from '@/lib/core/model/duty.ts';
import type { OwnDecisions, OwnRule } from '@/lib/operations/duty/get-my-decisions.ts';

interface Props {
  readonly decisions: OwnDecisions;
  readonly now: Date;
  readonly link: (query: string) => string;
}

/** What waits for the reader's yes, and the reader's decisions that end. */
export function DecisionColumn({ decisions, link }: Props) {
  const { approvals, rules, accepted, snoozed } = decisions;
  return (
    <>
      <Part title="Waits for your yes" count={approvals.length} none="No rule waits for you.">
        {approvals.map((rule) => (
          <RuleLine key={rule.id} rule={rule} note={`${rule.by} asks: ${rule.reason}`} />
        ))}
      </Part>
      <Part title="Your rules to look over" count={rules.length} none="None of your rules ends soon or needs a look.">
        {rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} note={rule.alarms[0]?.message ?? endOf(rule)} />
        ))}
      </Part>
      <Part
        title="Accepted by you, ends in 14 days"
        count={accepted.total}
        href={link('is:accepted')}
        none="No risk that you accepted ends soon."
      >
        {accepted.rows.map((row) => (
          <Ending key={row.id} row={row} />
        ))}
      </Part>
      <Part
        title="Put off"
        count={snoozed.total}
        href={link('is:snoozed owner:me')}
        none="Nothing of yours is put off."
      >
        {snoozed.rows.map((row) => (
          <Ending key={row.id} row={row} />
        ))}
      </Part>
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly count: BoundedCount | number;
  readonly href?: string;
  readonly none: string;
  readonly children: ReactNode;
}

function Part({ title, count, href, none, children }: PartProps) {
  const { count: n, exact } = typeof count === 'number' ? { count, exact: true } : count;
  return (
    <section className="mb-5" aria-label={title}>
      <div className="section-head !mb-1">
        <h2>{title}</h2>
        {n > 0 ? (
          <span className="text-12 text-fg-3">
            {formatCount(n)}
            {exact ? '' : '+'}
          </span>
        ) : null}
        {href === undefined || n === 0 ? null : (
          <Link className="more" href={href} prefetch={false}>
            List
          </Link>
        )}
      </div>
      {n === 0 ? <p className="text-12 text-fg-3">{none}</p> : <ul className="border-line border-t">{children}</ul>}
    </section>
  );
}

function RuleLine({ rule, note }: { readonly rule: OwnRule; readonly note: string }) {
  return (
    <li className="border-line border-b py-1.5">
      <Link
        className="block truncate font-medium hover:text-accent"
        href={`/suppression?sel=${rule.id}`}
        prefetch={false}
      >
        {rule.name}
      </Link>
      <p className="line-clamp-2 break-words text-12 text-fg-2">
        <bdi>{note}</bdi>
      </p>
    </li>
  );
}

function Ending({ row }: { readonly row: EndingItem }) {
  return (
    <li className="flex items-baseline gap-2 border-line border-b py-1.5">
      <Link className="min-w-0 flex-1 truncate hover:text-accent" href={`/findings/${row.id}`} prefetch={false}>
        <span className="font-medium">{row.vulnerabilityId}</span> <bdi className="text-fg-2">{row.resourceName}</bdi>
      </Link>
      <span className="flex-none text-12 text-fg-3">{formatDate(row.until)}</span>
    </li>
  );
}

function endOf({ endsAt }: OwnRule): string {
  return endsAt === null ? '' : `Ends on ${formatDate(endsAt)}.`;
}
