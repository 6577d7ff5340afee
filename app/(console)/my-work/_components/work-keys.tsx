'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';

/** J and K go through the rows of all sections, Enter opens one: the row that is current has the focus. */
export function WorkKeys({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = (step: 1 | -1) => {
      const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-work-row]') ?? [])];
      const at = rows.indexOf(document.activeElement as HTMLElement);
      rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
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
    </div>
  );
}
