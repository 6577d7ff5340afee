'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download, Link2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { addressWith } from '@/components/layout/search-params.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { EmptyState, PartialStrip } from '@/components/ui/block-state.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { runUndo } from '@/components/ui/undo.ts';
import type { ActivityFigures, ActivityPage, ActivityTab } from '@/lib/core/model/activity.ts';
import type { ActivityEntryAnswer } from '@/lib/operations/activity/get-activity-entry.ts';
import { startChainCheckAction, undoActAction } from '../actions.ts';
import type { ActivityTerm } from '../activity-query.ts';
import { ActivityBar } from './activity-bar.tsx';
import { ActivityTable } from './activity-table.tsx';
import { ChainAnswer, ChainBreak } from './chain-state.tsx';
import { useActivity } from './use-activity.ts';

const loadPanel = () => import('./activity-entry.tsx').then((module) => module.ActivityEntryPanel);
const ActivityEntryPanel = dynamic(loadPanel);
// The chart keeps its room while its code comes, so that the list does not move.
const ActivityHistogram = dynamic(() => import('./activity-histogram.tsx').then((module) => module.ActivityHistogram), {
  ssr: false,
  loading: () => <div className="h-[56px] flex-none" />,
});

const TABS: readonly { readonly value: ActivityTab; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'people', label: 'People' },
  { value: 'access', label: 'Access' },
  { value: 'aws', label: 'Acts on AWS' },
];

interface Props {
  readonly first: ActivityPage;
  readonly figures: ActivityFigures | null;
  readonly address: string;
  readonly terms: readonly ActivityTerm[];
  readonly tab: ActivityTab;
  readonly selected: string | null;
  readonly mayVerify: boolean;
  readonly now: Date;
}

/** The entries, their filter and keys, and one of them beside the list. */
export function ActivityWorkbench({ first, figures, address, terms, tab, selected, mayVerify, now }: Props) {
  const router = useRouter();
  const { values } = useAddress();
  const { rows, isLoadingMore, failed, hasMore, loadMore } = useActivity(first, address);
  const [openId, setOpenId] = useState(selected);
  const [current, setCurrent] = useState(() => first.rows.findIndex(({ id }) => id === selected));
  const [undoing, undo] = useUndo();
  const scroller = useRef<HTMLElement>(null);
  const open = rows.find(({ id }) => id === openId) ?? null;

  function remember(sel: string | null) {
    window.history.replaceState(null, '', addressWith('/activity', values, { sel }));
  }

  function show(index: number) {
    const row = rows[index];
    if (!row) return;
    setCurrent(index);
    setOpenId(row.id);
    remember(row.id);
  }

  function move(step: 1 | -1) {
    const next = Math.max(0, Math.min(rows.length - 1, current + step));
    if (openId === null) setCurrent(next);
    else show(next);
  }

  function close() {
    if (openId === null) return;
    setOpenId(null);
    remember(null);
    scroller.current?.focus({ preventScroll: true });
  }

  const queries = useQueryClient();
  const keys = useRef<Readonly<Record<string, () => void>>>({});
  keys.current = {
    j: () => move(1),
    k: () => move(-1),
    enter: () => show(Math.max(0, current)),
    escape: close,
    z: () => {
      const entry = queries.getQueryData<ActivityEntryAnswer>(['activity-entry', openId]);
      if (entry !== undefined && entry.undoUntil !== null && !undoing) undo(entry);
      else runUndo();
    },
  };
  useEffect(() => {
    const stops = ['j', 'k', 'Enter', 'Escape', 'z'].map((key) =>
      onShortcut(key, (event) => {
        const pressed = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('a, button') : null;
        if (key === 'Enter' && pressed) pressed.click();
        else keys.current[key.toLowerCase()]?.();
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <>
      <PageHeader title="Activity" answer={figures === null ? undefined : <ChainAnswer figures={figures} now={now} />}>
        <VerifyButton mayVerify={mayVerify} />
        <ExportMenu address={address} />
      </PageHeader>
      {figures === null ? null : <ChainBreak figures={figures} now={now} />}
      <div className="split-view mt-3.5">
        <div className="flex min-h-0 min-w-0 flex-col">
          <div className="flex flex-none flex-wrap items-start gap-2 px-(--gutter) py-2.5">
            <ActivityBar terms={terms} />
            <Segmented
              label="Which entries"
              value={tab}
              options={TABS}
              onChange={(next) =>
                router.push(addressWith('/activity', values, { tab: next === 'all' ? null : next, sel: null }))
              }
            />
          </div>
          {figures === null ? (
            <div className="px-(--gutter) pb-2">
              <PartialStrip>The figures did not load. The entries below are right.</PartialStrip>
            </div>
          ) : (
            <ActivityHistogram buckets={figures.buckets} bucketHours={figures.bucketHours} />
          )}
          {failed ? (
            <div className="px-(--gutter) pb-2">
              <PartialStrip>The next entries did not load; scroll on to try again.</PartialStrip>
            </div>
          ) : null}
          {rows.length === 0 ? (
            <NoActivity isFiltered={terms.length > 0 || tab !== 'all'} />
          ) : (
            <section
              ref={scroller}
              className="min-h-0 flex-1 overflow-auto"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
              tabIndex={0}
              aria-label="List of entries"
              aria-busy={isLoadingMore}
              onPointerEnter={() => void loadPanel()}
              onFocus={() => void loadPanel()}
            >
              <ActivityTable
                rows={rows}
                current={current}
                now={now}
                narrow={openId !== null}
                scroller={scroller}
                onOpen={show}
                onNearEnd={() => {
                  if (hasMore && !isLoadingMore && !failed) loadMore();
                }}
              />
            </section>
          )}
        </div>
        {openId === null ? null : (
          <ActivityEntryPanel
            id={openId}
            row={open}
            now={now}
            undoing={undoing}
            onUndo={undo}
            onMove={move}
            onClose={close}
          />
        )}
      </div>
    </>
  );
}

/** Undo writes a new entry, so the list is read again; what it was told of before stands. */
function useUndo(): readonly [boolean, (entry: ActivityEntryAnswer) => void] {
  const router = useRouter();
  const queries = useQueryClient();
  const [undoing, startTransition] = useTransition();
  const undo = ({ id, record }: ActivityEntryAnswer): void => {
    startTransition(async () => {
      const result = await undoActAction({ actId: record.actId });
      showToast(result.ok ? 'Undone. The undo is an entry of its own.' : result.message, { error: !result.ok });
      await queries.invalidateQueries({ queryKey: ['activity-entry', id] });
      router.refresh();
    });
  };
  return [undoing, undo];
}

function VerifyButton({ mayVerify }: { readonly mayVerify: boolean }) {
  const router = useRouter();
  const [job, setJob] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const { data } = useJobProgress(job);
  const isOver = data !== undefined && hasEnded(data.job.state);
  const refreshed = useRef<string | null>(null);

  useEffect(() => {
    if (!isOver || refreshed.current === job) return;
    refreshed.current = job;
    setJob(null);
    router.refresh();
  }, [isOver, job, router]);

  function start() {
    startTransition(async () => {
      const result = await startChainCheckAction({});
      if (result.ok) setJob(result.value.jobId);
      else showToast(result.message, { error: true });
    });
  }

  const isRunning = pending || job !== null;
  return (
    <Button
      aria-label={isRunning ? 'Verifying' : 'Verify chain'}
      disabled={!mayVerify || isRunning}
      title={mayVerify ? undefined : 'Security and Admin may verify the chain. An administrator can change your role.'}
      onClick={start}
    >
      <Link2 size={14} strokeWidth={1.6} aria-hidden="true" />
      <span className="max-sm:hidden">{isRunning ? 'Verifying' : 'Verify chain'}</span>
    </Button>
  );
}

function ExportMenu({ address }: { readonly address: string }) {
  const save = (format: string) =>
    window.location.assign(`/api/activity/export${address}${address === '' ? '?' : '&'}format=${format}`);
  return (
    <Menu
      trigger={
        <Button aria-label="Export">
          <Download size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className="max-sm:hidden">Export</span>
        </Button>
      }
    >
      <MenuItem onSelect={() => save('csv')}>CSV of what is listed</MenuItem>
      <MenuItem onSelect={() => save('json')}>JSON of what is listed</MenuItem>
    </Menu>
  );
}

function NoActivity({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <div className="px-(--gutter) pt-2">
      {isFiltered ? (
        <EmptyState
          kind="no-match"
          title="No entry matches"
          action={<ButtonLink href="/activity">Show all entries</ButtonLink>}
        >
          The record begins with the installation; what your accounts and role may not know of is not listed.
        </EmptyState>
      ) : (
        <EmptyState kind="unknown" title="No entry yet">
          The record begins with the installation.
        </EmptyState>
      )}
    </div>
  );
}
