'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { fetchFinding } from '@/components/findings/fetch-finding.ts';
import { FindingEvidence } from '@/components/findings/finding-evidence.tsx';
import { FindingFacts } from '@/components/findings/finding-facts.tsx';
import { FindingSummary } from '@/components/findings/finding-summary.tsx';
import { ScorePill } from '@/components/findings/score-pill.tsx';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { formatMoment } from '@/components/format/format-time.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { FindingComments } from '../../../_components/finding/finding-comments.tsx';
import { FindingPath } from '../../../_components/finding/finding-path.tsx';
import { FindingRelated } from '../../../_components/finding/finding-related.tsx';
import { FindingSteps } from '../../../_components/finding/finding-steps.tsx';
import { OwnerButton, StatusButton } from '../../../_components/finding/holder-buttons.tsx';
import { rescanOf } from '../../../_components/rescan-of.tsx';
import { NO_PROPOSE, type TriageRights } from '../../../_components/triage/rights.ts';
import { useTriageKeys } from '../../../_components/triage/use-triage-keys.tsx';
import { ruleQueryOf } from '../../_components/rule-query.ts';
import { copyLinks } from '../../_components/use-list-keys.ts';
import { useLiveRows } from '../../_components/use-live-rows.ts';
import { findingMarkdown } from '../finding-markdown.ts';
import { QueueSteps } from './queue-steps.tsx';

interface Props {
  readonly first: FindingDetail;
  readonly tab: string;
  readonly now: Date;
  readonly rights: TriageRights;
}

const SECTIONS = ['summary', 'evidence', 'path', 'related', 'activity'] as const;

/** One finding in full, with everything that can be done to it. */
export function FindingView({ first, tab, now, rights }: Props) {
  const router = useRouter();
  const { scoped } = useAddress();
  const { data: finding } = useQuery({
    queryKey: ['finding', first.id],
    queryFn: ({ signal }) => fetchFinding(first.id, signal),
    initialData: first,
    staleTime: 30_000,
  });
  useLiveRows([finding]);
  const triage = useTriageKeys({
    rights,
    now,
    target: () => ({ kind: 'rows', rows: [finding] }),
    ruleQuery: () => ruleQueryOf([finding]),
  });

  useEffect(() => {
    const show = (name: string) => document.getElementById(name)?.scrollIntoView({ block: 'start' });
    if (tab !== 'summary') show(tab);
    const stops = [
      ...SECTIONS.map((name, index) => onShortcut(String(index + 1), () => show(name))),
      onShortcut('c', () => void copyLinks([first.id])),
      onShortcut('Escape', () => router.back()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [first.id, router, tab]);

  return (
    <>
      <div className="mt-1 flex flex-wrap items-start gap-x-4 gap-y-2">
        <h1 className="title-20 min-w-0 flex-1 basis-[420px] break-words">
          <bdi className="line-clamp-4">{finding.title || `${finding.vulnerabilityId} in ${finding.packageName}`}</bdi>
        </h1>
        <div className="flex flex-wrap items-center gap-2">
          <QueueSteps id={finding.id} />
          <CopyButton text={findingMarkdown(finding)} label="Copy as Markdown" />
          <a className="btn" data-kind="plain" href={`/api/findings/${finding.id}`} target="_blank" rel="noreferrer">
            Raw JSON
          </a>
          <Button {...(rights.propose ? {} : { disabled: true, title: NO_PROPOSE })} onClick={() => triage.suppress()}>
            Suppress <kbd>⇧X</kbd>
          </Button>
        </div>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        <SeverityBadge severity={finding.severity} />
        <ScorePill score={finding.score} breakdown={finding.scoreBreakdown} />
        <ExploitChips
          kev={finding.kev}
          poc={finding.exploit === 'public'}
          epss={finding.epss}
          kevDateAdded={finding.kevDateAdded}
          epssDate={finding.epssDate}
        />
        <a
          className="font-mono text-12 text-fg-3 hover:underline"
          href={scoped(`/vulnerabilities/${encodeURIComponent(finding.vulnerabilityId)}`)}
        >
          {finding.vulnerabilityId}
        </a>
      </div>
      {finding.status === 'CLOSED' ? (
        <p className="mt-3 text-ok">
          Fixed{finding.closedAt === null ? '' : ` at ${formatMoment(finding.closedAt, now)}`}: a scan no longer saw it.
        </p>
      ) : null}
      <div className="mt-4 grid gap-x-10 lg:grid-cols-[minmax(0,720px)_minmax(280px,360px)]">
        <div className="min-w-0">
          <div id="summary">
            <FindingSummary finding={finding} rescan={rescanOf(finding)} />
          </div>
          <h2 id="evidence" className="mt-4 font-semibold text-16">
            Evidence
          </h2>
          <FindingEvidence finding={finding} />
          <h2 id="path" className="mt-4 font-semibold text-16">
            Path
          </h2>
          <FindingPath row={finding} detail={finding} />
        </div>
        <aside aria-label="Properties" className="min-w-0">
          <FindingFacts
            finding={finding}
            closedAt={finding.closedAt}
            now={now}
            scoped={scoped}
            columns={1}
            status={<StatusButton row={finding} rights={rights} triage={triage} />}
            owner={<OwnerButton row={finding} rights={rights} triage={triage} />}
          />
          <div id="related">
            <FindingRelated row={finding} scoped={scoped} />
          </div>
          <div id="activity">
            <FindingComments row={finding} rights={rights} now={now} />
            <FindingSteps finding={finding} now={now} />
          </div>
        </aside>
      </div>
      {triage.dialog}
    </>
  );
}
