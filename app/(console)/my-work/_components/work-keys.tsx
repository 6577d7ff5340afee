'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import type { WorkItem } from '@/lib/core/model/duty.ts';
import type { TriageRights } from '../../_components/triage/rights.ts';
import { useTriageKeys } from '../../_components/triage/use-triage-keys.tsx';
import { keepQueue } from '../../findings/_components/finding-queue.ts';
import { ruleQueryOf } from '../../findings/_components/rule-query.ts';

interface Props {
  readonly rows: readonly WorkItem[];
  readonly rights: TriageRights;
  readonly now: Date;
  readonly children: ReactNode;
}

/** J and K go through the rows of all sections, Enter opens one, A S E H act on it: the row that is current has the focus. */
export function WorkKeys({ rows, rights, now, children }: Props) {
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const last = useRef(-1);
  const acted = useRef(false);

  const links = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-work-row]') ?? [])];
  const focused = () => links().indexOf(document.activeElement as HTMLElement);
  const focus = (at: number) => {
    const all = links();
    last.current = Math.max(0, Math.min(all.length - 1, at));
    all[last.current]?.focus();
  };

  const { dialog } = useTriageKeys({
    rights,
    now,
    target() {
      const at = focused();
      const id = links()[at]?.dataset.workRow;
      const row = rows.find((one) => one.id === id);
      if (row === undefined) return null;
      last.current = at;
      return { kind: 'rows', rows: [row], onUndone: () => router.refresh() };
    },
    ruleQuery() {
      const id = links()[focused()]?.dataset.workRow;
      return ruleQueryOf(rows.filter((one) => one.id === id));
    },
    onDone() {
      acted.current = true;
      router.refresh();
    },
  });

  const latest = useRef({ focused, focus });
  latest.current = { focused, focus };
  // biome-ignore lint/correctness/useExhaustiveDependencies: after an act the next row takes the place of the one that left.
  useEffect(() => {
    if (!acted.current) return;
    acted.current = false;
    latest.current.focus(last.current);
  }, [rows]);

  const queue = useRef(rows);
  queue.current = rows;
  // The page of a finding goes on through these rows.
  useEffect(
    () => () => {
      const ids = queue.current.map(({ id }) => id);
      keepQueue({ address: '', ids, before: 0, nextCursor: null, matching: { count: ids.length, exact: true } });
    },
    [],
  );

  useEffect(() => {
    const move = (step: 1 | -1) => {
      const at = latest.current.focused();
      if (at >= 0) latest.current.focus(at + step);
      else latest.current.focus(Math.max(0, last.current));
    };
    const stops = [
      onShortcut('j', () => move(1)),
      onShortcut('k', () => move(-1)),
      onShortcut('Enter', ({ target }) => {
        if (target instanceof HTMLElement) target.closest<HTMLElement>('a, button')?.click();
      }),
      onShortcut('Escape', () => (document.activeElement as HTMLElement | null)?.blur()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <div ref={box} className="min-w-0">
      {children}
      {dialog}
    </div>
  );
}
