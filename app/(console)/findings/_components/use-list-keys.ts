'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { addressWith } from '@/components/layout/search-params.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';

/** A line of the list: a finding, or something that has keys of its own. */
export interface Line {
  readonly id: string;
  readonly row: FindingRow | null;
  readonly enter?: () => void;
  readonly expand?: () => void;
  readonly collapse?: () => void;
}

interface Props {
  readonly lines: readonly Line[];
  readonly selected: string | null;
  readonly tab: string;
  /** Whether everything that matches can be picked at once. */
  readonly mayPickAll: boolean;
  readonly onClosed: () => void;
}

/** The parts of a finding, under the keys 1 to 5. */
const TABS = ['summary', 'evidence', 'path', 'related', 'activity'] as const;

/** Which line is current, which finding is open beside the list, which are picked, and the keys that change it. */
export function useListKeys({ lines, selected, tab: firstTab, mayPickAll, onClosed }: Props) {
  const router = useRouter();
  const { values, scoped } = useAddress();
  const [openId, setOpenId] = useState(selected);
  const [currentId, setCurrentId] = useState(selected);
  const [tab, setTab] = useState(firstTab);
  const [picked, setPicked] = useState<ReadonlyMap<string, FindingRow>>(new Map());
  const [allPicked, setAllPicked] = useState(false);
  const current = lines.findIndex((line) => line.id === currentId);

  // The address follows what is shown without asking the server again: it survives copy, back and reload.
  const remember = useCallback(
    (sel: string | null, nextTab: string) => {
      const shownTab = sel === null || nextTab === 'summary' ? null : nextTab;
      window.history.replaceState(null, '', addressWith('/findings', values, { sel, tab: shownTab }));
    },
    [values],
  );

  const state = { lines, current, openId, tab, picked, allPicked, values, scoped };
  const latest = useRef(state);
  latest.current = state;

  const open = useCallback(
    (index: number) => {
      const line = latest.current.lines[index];
      if (!line) return;
      setCurrentId(line.id);
      if (line.row === null) return;
      setOpenId(line.row.id);
      remember(line.row.id, latest.current.tab);
    },
    [remember],
  );

  const check = useCallback((row: FindingRow) => {
    setAllPicked(false);
    setPicked((before) => {
      const after = new Map(before);
      if (!after.delete(row.id)) after.set(row.id, row);
      return after;
    });
  }, []);

  const clear = useCallback(() => {
    setPicked(new Map());
    setAllPicked(false);
  }, []);

  const close = useCallback(() => {
    if (latest.current.openId !== null) {
      setOpenId(null);
      remember(null, latest.current.tab);
      onClosed();
    } else clear();
  }, [clear, onClosed, remember]);

  const move = useCallback(
    (step: 1 | -1) => {
      const { lines: all, current: at, openId: isOpen } = latest.current;
      const next = Math.max(0, Math.min(all.length - 1, at + step));
      const line = all[next];
      if (!line) return;
      if (isOpen !== null && line.row !== null) open(next);
      else setCurrentId(line.id);
    },
    [open],
  );

  const showTab = useCallback(
    (next: string) => {
      setTab(next);
      if (latest.current.openId !== null) remember(latest.current.openId, next);
    },
    [remember],
  );

  // Here and not in the panel, whose code may still be on its way when the first key comes.
  const isOpen = openId !== null;
  useEffect(() => {
    if (!isOpen) return;
    const stops = TABS.map((name, index) => onShortcut(String(index + 1), () => showTab(name)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [isOpen, showTab]);

  useEffect(() => {
    const now = () => latest.current;
    const line = () => now().lines[now().current];
    const extend = (step: 1 | -1) => {
      const row = line()?.row;
      if (row && !now().picked.has(row.id)) check(row);
      move(step);
    };
    const enter = (event: KeyboardEvent) => {
      // A focused link or button keeps its own Enter.
      const own = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('a, button') : null;
      if (own) own.click();
      else if (line()?.enter) line()?.enter?.();
      else open(Math.max(0, now().current));
    };
    const checkLine = () => {
      const row = line()?.row;
      if (row) check(row);
    };
    const openPage = () => {
      const row = line()?.row;
      if (row) router.push(now().scoped(`/findings/${row.id}`));
    };
    const copy = () => void copyLinks(now().picked.size > 0 ? [...now().picked.keys()] : [line()?.row?.id]);
    const stops = [
      onShortcut('j', () => move(1)),
      onShortcut('k', () => move(-1)),
      onShortcut('ArrowDown', () => move(1)),
      onShortcut('ArrowUp', () => move(-1)),
      onShortcut('x', checkLine),
      onShortcut('shift+j', () => extend(1)),
      onShortcut('shift+k', () => extend(-1)),
      onShortcut('Enter', enter),
      onShortcut('ArrowRight', () => line()?.expand?.()),
      onShortcut('ArrowLeft', () => line()?.collapse?.()),
      onShortcut('o', openPage),
      onShortcut('c', copy),
      onShortcut('Escape', close),
    ];
    if (mayPickAll) stops.push(onShortcut('mod+a', () => setAllPicked(true)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [check, close, mayPickAll, move, open, router]);

  return {
    current,
    openId,
    tab,
    picked,
    allPicked,
    open,
    close,
    move,
    check,
    clear,
    pickAll: () => setAllPicked(true),
    pickRows: (rows: readonly FindingRow[]) => {
      setAllPicked(false);
      setPicked(new Map(rows.map((row) => [row.id, row])));
    },
    showTab,
  };
}

export async function copyLinks(ids: readonly (string | undefined)[]): Promise<void> {
  const links = ids.flatMap((id) => (id === undefined ? [] : [`${location.origin}/findings/${id}`]));
  if (links.length === 0) return;
  await navigator.clipboard.writeText(links.join('\n'));
  showToast(`${formatCounted(links.length, 'link')} copied`);
}
