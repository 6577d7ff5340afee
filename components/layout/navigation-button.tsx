'use client';

import type { ReactNode } from 'react';
import { openPart } from './shell-state.ts';

/** Opens the sheet that stands in for the sidebar between 640 and 899 px. */
export function NavigationButton({ children }: { readonly children: ReactNode }) {
  return (
    <button
      type="button"
      className="btn max-sm:!hidden md:!hidden"
      data-kind="ghost"
      data-shape="icon"
      aria-label="Navigation"
      onClick={() => openPart('navigation')}
    >
      {children}
    </button>
  );
}
