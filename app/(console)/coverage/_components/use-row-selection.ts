'use client';

import { useEffect, useRef, useState } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';

/** Which row of a list is current, which are selected, and the keys that change it, as in the list of findings. */
export function useRowSelection(ids: readonly string[]) {
  const [current, setCurrent] = useState(-1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  function toggle(id: string | undefined): void {
    if (id === undefined) return;
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }

  function move(step: 1 | -1): void {
    setCurrent((at) => Math.max(0, Math.min(ids.length - 1, at + step)));
  }

  function extend(step: 1 | -1): void {
    const id = ids[current];
    if (id !== undefined) setSelected((before) => new Set(before).add(id));
    move(step);
  }

  const clear = () => setSelected(new Set());
  const keys = { toggle: () => toggle(ids[current]), move, extend, clear };
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    const now = () => latest.current;
    const space = (event: KeyboardEvent) => {
      // A focused box, link or button keeps its own Space.
      const own = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('a, button, input') : null;
      if (own) own.click();
      else now().toggle();
    };
    const stops = [
      onShortcut('j', () => now().move(1)),
      onShortcut('k', () => now().move(-1)),
      onShortcut('ArrowDown', (event) => (event.shiftKey ? now().extend(1) : now().move(1))),
      onShortcut('ArrowUp', (event) => (event.shiftKey ? now().extend(-1) : now().move(-1))),
      onShortcut('shift+j', () => now().extend(1)),
      onShortcut('shift+k', () => now().extend(-1)),
      onShortcut('x', () => now().toggle()),
      onShortcut(' ', space),
      onShortcut('Escape', () => now().clear()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return { current, selected, toggle, clear };
}
