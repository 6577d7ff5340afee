'use client';

import { Eye } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { describeCounts } from '@/components/findings/severity-words.ts';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { addressWith } from '@/components/layout/search-params.ts';
import { ButtonLink } from '@/components/ui/button.tsx';
import { CommandBlock } from '@/components/ui/command-block.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { ListedRule } from '@/lib/core/model/suppression.ts';
import { PanelHead } from './panel-head.tsx';
import { RuleActs } from './rule-acts.tsx';
import { RuleState } from './rule-state.tsx';

interface Props {
  readonly rule: ListedRule;
  readonly now: Date;
  /** Opened to change it: the first field has the focus. */
  readonly editing: boolean;
  readonly onClose: () => void;
}

/** One rule: what it hides, who answers for it, and what can be done with it. */
export function RulePanel({ rule, now, editing, onClose }: Props) {
  const panel = useRef<HTMLElement>(null);
  const { figures, alarms } = rule;

  useEffect(() => {
    panel.current?.querySelector<HTMLElement>(editing ? 'form input' : '[data-panel-title]')?.focus();
  }, [editing]);

  return (
    <aside className="panel" aria-label="Rule" ref={panel}>
      <PanelHead title={rule.name} onClose={onClose}>
        <RuleState rule={rule} now={now} />
      </PanelHead>
      <div className="min-h-0 overflow-y-auto px-5 pb-5">
        {alarms.map((alarm) => (
          <p
            key={alarm.kind}
            role={alarm.kind === 'newly-exploited' ? 'alert' : undefined}
            className={
              alarm.kind === 'newly-exploited'
                ? 'mt-3 rounded-2 bg-danger-tint px-3 py-2 text-danger'
                : 'mt-3 rounded-2 bg-warn-tint px-3 py-2 text-warn'
            }
          >
            {alarm.message}
          </p>
        ))}
        <section className="panel-block mt-2">
          <h3>Query</h3>
          <CommandBlock command={rule.query} />
          {/* People agreed to this query: another one is another decision. */}
          <ButtonLink
            className="mt-2"
            href={`${addressWith('/suppression', { q: rule.query })}&new=1`}
            prefetch={false}
          >
            New rule from it
          </ButtonLink>
        </section>
        {rule.state === 'active' ? (
          <section className="panel-block">
            <h3>
              Hides <span>{formatCounted(figures.hidden, 'finding')}</span>
            </h3>
            {figures.hidden === 0 ? null : (
              <>
                <SeverityBar counts={figures.severities} />
                <p className="mt-1.5 text-12 text-fg-2">{describeCounts(figures.severities)}</p>
              </>
            )}
            <p className="mt-1 text-12 text-fg-3">
              {figures.hiddenSince === 0
                ? 'None of them was found since the rule was written.'
                : `${formatCount(figures.hiddenSince)} of them were found since the rule was written.`}
            </p>
            <ButtonLink
              className="mt-2.5"
              href={addressWith('/findings', { q: `is:suppressed ${rule.query}` })}
              prefetch={false}
            >
              <Eye size={14} strokeWidth={1.6} aria-hidden="true" />
              Show hidden
            </ButtonLink>
          </section>
        ) : null}
        <section className="panel-block">
          <h3>Decision</h3>
          <dl className="facts">
            <dt>Reason</dt>
            <dd className="py-1 [overflow-wrap:anywhere]">{rule.reason}</dd>
            <dt>Written</dt>
            <dd>
              {rule.authorName}, <Timestamp time={rule.createdAt} now={now} />
            </dd>
            <dt>Looked over</dt>
            <dd>by {rule.ownerName}</dd>
            <dt>Approved</dt>
            <dd>
              {rule.approvals
                .filter(({ writes }) => writes)
                .map(({ name }) => name)
                .join(', ') || 'by nobody yet'}
            </dd>
            {rule.startsAt > rule.createdAt ? (
              <>
                <dt>Begins</dt>
                <dd>
                  <Timestamp time={rule.startsAt} now={now} />
                </dd>
              </>
            ) : null}
            <dt>{rule.endedAt === null ? 'Ends' : 'Ended'}</dt>
            <dd>{endOfRule(rule)}</dd>
            <dt>Accounts</dt>
            <dd title={rule.accounts?.join(', ')}>
              {rule.accounts === null ? 'All' : formatCounted(rule.accounts.length, 'account')}
            </dd>
            <dt>Last match</dt>
            <dd>{rule.lastMatchedAt === null ? 'never' : <Timestamp time={rule.lastMatchedAt} now={now} />}</dd>
          </dl>
        </section>
        {rule.state === 'ended' ? null : <RuleActs rule={rule} now={now} />}
      </div>
    </aside>
  );
}

function endOfRule({ endsAt, endedAt, endReason }: ListedRule): string {
  if (endedAt !== null) return `${formatDate(endedAt)}${endReason ? `: ${endReason}` : ''}`;
  return endsAt === null ? 'never' : formatDate(endsAt);
}
