'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Undo2, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { formatClockSeconds, formatDate } from '@/components/format/format-time.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { ActivityRow } from '@/lib/core/model/activity.ts';
import type { ActivityEntryAnswer } from '@/lib/operations/activity/get-activity-entry.ts';
import { wordsOfAction } from './activity-words.ts';
import { Actor } from './actor.tsx';
import { EntryChain } from './entry-chain.tsx';
import { EntryChanges } from './entry-changes.tsx';
import { fetchEntry } from './use-activity.ts';

interface Props {
  readonly id: string;
  /** The entry as the list has it; null where it was opened by its address. */
  readonly row: ActivityRow | null;
  readonly now: Date;
  readonly undoing: boolean;
  readonly onUndo: (entry: ActivityEntryAnswer) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One entry: what it changed, who did it from where, and its place in the chain. */
export function ActivityEntryPanel({ id, row, now, undoing, onUndo, onMove, onClose }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  const { data, isError, refetch } = useQuery({
    queryKey: ['activity-entry', id],
    queryFn: ({ signal }) => fetchEntry(id, signal),
    retry: false,
  });
  const shown = data ?? row;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the entry.
  useEffect(() => title.current?.focus({ preventScroll: true }), [id]);

  return (
    <aside className="panel" aria-label="Entry">
      <div className="flex flex-none items-center gap-1 px-5 pt-2.5">
        <Button kind="ghost" icon aria-label="Previous entry" onClick={() => onMove(-1)}>
          <ChevronUp size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
        <Button kind="ghost" icon aria-label="Next entry" onClick={() => onMove(1)}>
          <ChevronDown size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
        <span className="flex-1 truncate text-12 text-fg-3">Entry {Number(id).toLocaleString('en-US')}</span>
        <CopyButton text={() => location.href} label="Copy link to this entry" />
        <Button kind="ghost" icon aria-label="Close" onClick={onClose}>
          <X size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      </div>
      <div className="flex-none border-line border-b px-5 pt-1 pb-3">
        <h2
          ref={title}
          tabIndex={-1}
          className="font-semibold text-16 focus-visible:shadow-none first-letter:uppercase"
        >
          {shown === null ? 'Entry' : wordsOfAction(shown.action)}
        </h2>
        {shown === null ? null : (
          <p className="line-clamp-2 break-words text-fg-2">
            <bdi>{shown.object.slice(0, 1_000)}</bdi>
          </p>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        {isError ? (
          <ErrorState
            title="The entry did not load"
            message="It is not there, or not among those that you can see."
            onRetry={() => void refetch()}
          />
        ) : null}
        {data === undefined && !isError ? <EntrySkeleton /> : null}
        {data === undefined ? null : (
          <>
            <section className="panel-block">
              <h3>In words</h3>
              <p className="whitespace-pre-wrap break-words">
                <bdi>{data.detail.slice(0, 4_000)}</bdi>
              </p>
            </section>
            <EntryChanges changes={data.record.changes ?? []} />
            <section className="panel-block">
              <h3>Who and where</h3>
              <dl className="facts">
                <dt>{data.actor.includes('@') ? 'Person' : 'System'}</dt>
                <dd title={data.actor}>
                  <Actor row={data} />
                </dd>
                <dt>At</dt>
                <dd>
                  {formatDate(data.at)} {formatClockSeconds(data.at)} UTC
                </dd>
                {data.actor.includes('@') ? (
                  <>
                    <dt>Signed in</dt>
                    <dd>{signInOf(data, now)}</dd>
                    <dt>From</dt>
                    <dd>{addressOf(data)}</dd>
                  </>
                ) : null}
                {data.record.actId === undefined ? null : (
                  <>
                    <dt>Request</dt>
                    <dd className="min-w-0">
                      <code className="truncate" title={data.record.actId}>
                        {data.record.actId}
                      </code>
                    </dd>
                  </>
                )}
                <dt>Accounts</dt>
                <dd title={data.accounts?.join(', ')}>{accountsOf(data.accounts)}</dd>
              </dl>
            </section>
            <EntryChain chain={data.chain} />
          </>
        )}
      </div>
      {data === undefined ? null : (
        <div className="flex flex-none items-center gap-2 border-line border-t px-5 py-2.5">
          {data.record.actId === undefined ? null : (
            <>
              <Button disabled={undoing || data.undoUntil === null} onClick={() => onUndo(data)}>
                <Undo2 size={14} strokeWidth={1.6} aria-hidden="true" />
                Undo <kbd className="max-sm:hidden">Z</kbd>
              </Button>
              <span className="text-12 text-fg-3">
                {data.undoUntil === null ? 'Own acts can be undone for ten minutes' : 'Adds a new entry'}
              </span>
            </>
          )}
          {data.record.findingId === undefined ? null : (
            <ButtonLink className="ml-auto" kind="ghost" href={`/findings/${data.record.findingId}`} prefetch={false}>
              Open finding
            </ButtonLink>
          )}
          {data.record.actId === undefined && data.record.findingId === undefined ? (
            <Link
              className="link"
              href={`/activity?q=${encodeURIComponent(`object:"${data.object.slice(0, 100).replaceAll('"', '')}"`)}`}
            >
              All about this object
            </Link>
          ) : null}
        </div>
      )}
    </aside>
  );
}

function signInOf({ addressShown, signIn }: ActivityEntryAnswer, now: Date) {
  if (!addressShown) return 'not for your role';
  if (signIn === null) return 'not known';
  return (
    <span className="min-w-0 truncate" title={signIn.detail}>
      <Timestamp time={signIn.at} now={now} />, {signIn.detail}
    </span>
  );
}

function addressOf({ addressShown, address }: ActivityEntryAnswer) {
  if (!addressShown) return 'not for your role';
  return address === '' ? 'not kept' : <code>{address}</code>;
}

function accountsOf(accounts: readonly string[] | null): string {
  if (accounts === null) return 'the installation';
  return accounts.length === 1 ? (accounts[0] ?? '') : formatCounted(accounts.length, 'account');
}

function EntrySkeleton() {
  return (
    <div className="grid gap-3 pt-4" role="status" aria-label="Loading the entry">
      <Skeleton width="40%" height={12} />
      <Skeleton width="90%" height={12} />
      <Skeleton width="75%" height={12} />
      <Skeleton width="60%" height={12} />
    </div>
  );
}
