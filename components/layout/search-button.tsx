'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { openPart } from './shell-state.ts';

/** Opens the palette. Its icon is given, so that it is no script. */
export function SearchButton({ icon }: { readonly icon: ReactNode }) {
  const onMac = useSyncExternalStore(never, isMac, () => true);
  return (
    <button type="button" className="search-button shrink-0 max-md:!hidden" onClick={() => openPart('palette')}>
      {icon}
      <span className="flex-1 text-left">Search or jump to</span>
      <kbd>{onMac ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}

function never(): () => void {
  return () => undefined;
}

function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}
