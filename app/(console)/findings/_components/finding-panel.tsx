'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { FindingFacts } from '@/components/findings/finding-facts.tsx';
import { FindingSummary } from '@/components/findings/finding-summary.tsx';
import { FindingTabs } from '@/components/findings/finding-tabs.tsx';
import { reviveFindingDetail, type Wire } from '@/components/findings/revive-finding.ts';
import { ScorePill } from '@/components/findings/score-pill.tsx';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { FindingDetail, FindingRow } from '@/lib/core/model/views.ts';
import { ScanHostButton } from '../../_components/scan-host-button.tsx';

interface Props {
  readonly row: FindingRow;
  readonly position: number;
  readonly matching: { readonly count: number; readonly exact: boolean };
  readonly tab: string;
  readonly now: Date;
  readonly onTab: (tab: string) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One finding beside the list. Its head comes from the row at once; the rest follows. */
export function FindingPanel({ row, position, matching, tab, now, onTab, onMove, onClose }: Props) {
  const { scoped } = useAddress();
  const title = useRef<HTMLHeadingElement>(null);
  const detail = useQuery({
    queryKey: ['finding', row.id],
    queryFn: ({ signal }) => fetchFinding(row.id, signal),
    staleTime: 30_000,
  });

  useEffect(() => title.current?.focus({ preventScroll: true }), []);

  return (
    <aside className="panel" aria-label="Finding">
      <div className="flex flex-none items-center gap-1 px-5 pt-2.5">
        <Button kind="ghost" icon aria-label="Previous finding" onClick={() => onMove(-1)}>
          <ChevronUp size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
        <Button kind="ghost" icon aria-label="Next finding" onClick={() => onMove(1)}>
          <ChevronDown size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
        <span className="text-12 text-fg-3">
          {formatCount(position)} of {formatCount(matching.count)}
          {matching.exact ? '' : '+'}
        </span>
        <span className="flex-1" />
        <CopyButton text={`${location.origin}/findings/${row.id}`} label="Copy link" />
        <ButtonLink kind="ghost" icon href={`/findings/${row.id}`} aria-label="Open full page">
          <Maximize2 size={15} strokeWidth={1.6} aria-hidden="true" />
        </ButtonLink>
        <Button kind="ghost" icon aria-label="Close" onClick={onClose}>
          <X size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      </div>
      <div className="flex-none px-5 pb-1">
        <h2 ref={title} tabIndex={-1} className="mt-1 font-semibold text-16 focus-visible:shadow-none">
          {headline(detail.data, row)}
        </h2>
        <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
          <SeverityBadge severity={row.severity} />
          <ScorePill score={row.score} />
          <ExploitChips
            kev={row.kev}
            epss={row.epss}
            kevDateAdded={detail.data?.kevDateAdded ?? null}
            epssDate={detail.data?.epssDate ?? null}
          />
          <Chip>{FIX_WORDS[row.fixAvailable]}</Chip>
          <code className="ml-auto text-fg-3">{row.vulnerabilityId}</code>
        </div>
      </div>
      {detail.data ? (
        <FindingTabs
          finding={detail.data}
          now={now}
          tab={tab}
          onTab={onTab}
          summary={
            <>
              <FindingFacts finding={detail.data} now={now} scoped={scoped} />
              <FindingSummary
                finding={detail.data}
                rescan={detail.data.resourceKind === 'host' ? <ScanHostButton /> : null}
              />
            </>
          }
        />
      ) : (
        <div className="px-5 pt-4">
          {detail.isError ? (
            <ErrorState
              title="This finding did not load"
              message="The list is still right. It may have been removed since it was listed."
              onRetry={() => void detail.refetch()}
            />
          ) : (
            <div className="grid gap-3" aria-hidden="true">
              {[72, 94, 60, 88, 80, 66].map((share) => (
                <Skeleton key={share} width={`${share}%`} height={10} />
              ))}
            </div>
          )}
        </div>
      )}
    </aside>
  );
}

const FIX_WORDS = { yes: 'Fix available', partial: 'Partial fix', no: 'No fix yet' } as const;

/** The flaw in words where the advisory has any; else its id and package. */
function headline(detail: FindingDetail | undefined, row: FindingRow): string {
  const title = detail?.title ?? row.title;
  return title === '' ? `${row.vulnerabilityId} in ${row.packageName}` : title;
}

async function fetchFinding(id: string, signal: AbortSignal): Promise<FindingDetail> {
  const answer = await fetch(`/api/findings/${encodeURIComponent(id)}`, { signal });
  if (!answer.ok) throw new Error(`finding answered ${answer.status}`);
  return reviveFindingDetail((await answer.json()) as Wire<FindingDetail>);
}
