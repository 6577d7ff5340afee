'use client';

import { Search } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { openPart } from './shell-state.ts';

export function SearchButton() {
  const onMac = useSyncExternalStore(never, isMac, () => true);
  return (
    <button type="button" className="search-button max-md:!hidden" onClick={() => openPart('palette')}>
      <Search size={14} strokeWidth={1.6} aria-hidden="true" />
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
