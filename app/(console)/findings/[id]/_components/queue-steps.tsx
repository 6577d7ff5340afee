'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { Button } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { type FindingQueue, keepQueue, useFindingQueue } from '../../_components/finding-queue.ts';
import { fetchFindings } from '../../_components/use-findings.ts';

/** The way through the list that the finding was opened from, by J and K; nothing where it was opened by itself. */
export function QueueSteps({ id }: { readonly id: string }) {
  const router = useRouter();
  const { scoped } = useAddress();
  const queue = useFindingQueue();
  const at = queue?.ids.indexOf(id) ?? -1;

  // Where the reader is going: a second key counts from there, and not from the page that is still shown.
  const ahead = useRef(id);
  useEffect(() => {
    ahead.current = id;
  }, [id]);

  async function go(step: 1 | -1) {
    if (queue === null) return;
    const isAtEnd = step === 1 && queue.ids.at(-1) === ahead.current;
    const more = isAtEnd ? await longer(queue) : queue;
    if (more === null) {
      showToast('The rest of the list did not load. Try again.', { error: true });
      return;
    }
    const from = more.ids.indexOf(ahead.current);
    if (from < 0) return;
    const next = more.ids[from + step];
    if (next !== undefined) {
      ahead.current = next;
      // In place of this one, so that the way back leads to the list.
      router.replace(scoped(`/findings/${next}`));
    } else showToast(step === 1 ? 'This is the last finding of the list' : 'This is the first finding of the list');
  }

  const latest = useRef(go);
  latest.current = go;
  const isKnown = at >= 0;
  useEffect(() => {
    if (!isKnown) return;
    const stops = [onShortcut('j', () => void latest.current(1)), onShortcut('k', () => void latest.current(-1))];
    return () => {
      for (const stop of stops) stop();
    };
  }, [isKnown]);

  if (queue === null || !isKnown) return null;
  const { count, exact } = queue.matching;
  return (
    <span className="no-print flex items-center gap-1">
      <Button kind="ghost" icon aria-label="Previous finding" onClick={() => void go(-1)}>
        <ChevronUp size={15} strokeWidth={1.6} aria-hidden="true" />
      </Button>
      <Button kind="ghost" icon aria-label="Next finding" onClick={() => void go(1)}>
        <ChevronDown size={15} strokeWidth={1.6} aria-hidden="true" />
      </Button>
      <span className="whitespace-nowrap text-12 text-fg-3">
        {formatCount(queue.before + at + 1)} of {formatCount(Math.max(count, queue.before + queue.ids.length))}
        {exact ? '' : '+'}
      </span>
    </span>
  );
}

/** The queue with its next page; the same at its end, null where the page did not come. */
async function longer(queue: FindingQueue): Promise<FindingQueue | null> {
  if (queue.nextCursor === null) return queue;
  const page = await fetchFindings(queue.address, queue.nextCursor, AbortSignal.timeout(10_000)).catch(() => null);
  if (page === null) return null;
  const known = new Set(queue.ids);
  const ids = [...queue.ids, ...page.rows.map((row) => row.id).filter((id) => !known.has(id))];
  const more = { ...queue, ids, nextCursor: page.nextCursor };
  keepQueue(more);
  return more;
}
