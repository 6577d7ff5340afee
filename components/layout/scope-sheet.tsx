'use client';

import type { ReactNode } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { openPart } from './shell-state.ts';

interface Props {
  readonly lists: readonly { readonly label: string; readonly children: ReactNode }[];
  /** Null on pages that always speak of the present. */
  readonly time: ReactNode | null;
}

/** The whole scope in one place, where the screen is too small for the bar. */
export function ScopeSheet({ lists, time }: Props) {
  return (
    <Dialog
      title="Scope"
      description="What part of the estate every page speaks of."
      open
      onOpenChange={(open) => openPart(open ? 'scope' : null)}
    >
      {lists.map((list) => (
        <section key={list.label} className="mb-4 rounded-3 border border-line">
          <h3 className="border-line border-b px-3 py-2 font-semibold text-12">{list.label}</h3>
          {list.children}
        </section>
      ))}
      {time === null ? null : (
        <section className="rounded-3 border border-line">
          <h3 className="border-line border-b px-3 py-2 font-semibold text-12">Time</h3>
          {time}
        </section>
      )}
    </Dialog>
  );
}
