'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { fetchFinding } from '@/components/findings/fetch-finding.ts';
import { ScorePill } from '@/components/findings/score-pill.tsx';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { isOverlaid } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { FindingDetail, FindingRow } from '@/lib/core/model/views.ts';
import { FindingBody } from '../../_components/finding/finding-body.tsx';
import type { TriageRights } from '../../_components/triage/rights.ts';
import type { Triage } from '../../_components/triage/use-triage-keys.tsx';

interface Props {
  readonly id: string;
  /** From the list; null while a finding that is not in it is read. */
  readonly row: FindingRow | null;
  readonly missing: boolean;
  /** From 1; 0 where it is not in the list. */
  readonly position: number;
  readonly matching: { readonly count: number; readonly exact: boolean };
  /** The next one of the list, which is read ahead. */
  readonly next: string | null;
  readonly tab: string;
  readonly now: Date;
  readonly rights: TriageRights;
  readonly triage: Triage;
  readonly onTab: (tab: string) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One finding beside the list. Its head comes from the row at once; the rest follows. */
export function FindingPanel(props: Props) {
  const { id, row, missing, position, matching, next, tab, now, rights, triage, onTab, onMove, onClose } = props;
  const client = useQueryClient();
  const { scoped } = useAddress();
  const title = useRef<HTMLHeadingElement>(null);
  const detail = useQuery({
    queryKey: ['finding', id],
    queryFn: ({ signal }) => fetchFinding(id, signal),
    staleTime: 30_000,
    enabled: !missing,
  });

  useEffect(() => {
    if (!isOverlaid()) title.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    if (next === null) return;
    void client.prefetchQuery({
      queryKey: ['finding', next],
      queryFn: ({ signal }) => fetchFinding(next, signal),
      staleTime: 30_000,
    });
  }, [client, next]);

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
          {position === 0 ? 'not in this list' : `${formatCount(position)} of ${formatCount(matching.count)}`}
          {position === 0 || matching.exact ? '' : '+'}
        </span>
        <span className="flex-1" />
        <CopyButton text={() => `${location.origin}/findings/${id}`} label="Copy link" />
        <ButtonLink kind="ghost" icon href={scoped(`/findings/${id}`)} aria-label="Open full page">
          <Maximize2 size={15} strokeWidth={1.6} aria-hidden="true" />
        </ButtonLink>
        <Button kind="ghost" icon aria-label="Close" onClick={onClose}>
          <X size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      </div>
      {row === null ? (
        <div className="px-5 pt-3">
          <h2 ref={title} tabIndex={-1} className="vh">
            Finding
          </h2>
          {missing ? (
            <EmptyState kind="no-match" title="This finding is not here">
              It was removed, or it is in an account that you cannot see. The list beside it is right.
            </EmptyState>
          ) : (
            <Loading />
          )}
        </div>
      ) : (
        <>
          <div className="flex-none px-5 pb-1">
            <h2 ref={title} tabIndex={-1} className="mt-1 break-words font-semibold text-16 focus-visible:shadow-none">
              <bdi className="line-clamp-3">{headline(detail.data, row)}</bdi>
            </h2>
            <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
              <SeverityBadge severity={row.severity} />
              <ScorePill score={row.score} />
              <ExploitChips
                kev={row.kev}
                poc={row.exploit === 'public'}
                epss={row.epss}
                kevDateAdded={detail.data?.kevDateAdded ?? null}
                epssDate={detail.data?.epssDate ?? null}
              />
              <Chip>{FIX_WORDS[row.fixAvailable]}</Chip>
              <code className="ml-auto text-fg-3">{row.vulnerabilityId}</code>
            </div>
          </div>
          <FindingBody
            row={row}
            detail={detail.data ?? null}
            tab={tab}
            now={now}
            scoped={scoped}
            rights={rights}
            triage={triage}
            onTab={onTab}
            waiting={
              detail.isError ? (
                <ErrorState
                  title="This finding did not load"
                  message="The list is still right. It may have been removed since it was listed."
                  onRetry={() => void detail.refetch()}
                />
              ) : (
                <Loading />
              )
            }
          />
        </>
      )}
    </aside>
  );
}

function Loading() {
  return (
    <div className="grid gap-3 pt-4" role="status" aria-label="Loading">
      {[72, 94, 60, 88, 80, 66].map((share) => (
        <Skeleton key={share} width={`${share}%`} height={10} />
      ))}
    </div>
  );
}

const FIX_WORDS = { yes: 'Fix available', partial: 'Partial fix', no: 'No fix yet' } as const;

/** The flaw in words where the advisory has any; else its id and package. */
function headline(detail: FindingDetail | undefined, row: FindingRow): string {
  const title = detail?.title ?? row.title;
  return title === '' ? `${row.vulnerabilityId} in ${row.packageName}` : title;
}
