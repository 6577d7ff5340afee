'use client';

import dynamic from 'next/dynamic';
import { useState, useSyncExternalStore } from 'react';
import { noToasts, subscribeToToasts, waitingToasts } from './toast-queue.ts';

const ToastRegion = dynamic(() => import('./toast-region.tsx').then((module) => module.ToastRegion), { ssr: false });

/** The place of the toasts; what draws them is fetched with the first one. */
export function Toaster() {
  const waiting = useSyncExternalStore(subscribeToToasts, waitingToasts, noToasts);
  const [used, setUsed] = useState(false);
  if (waiting.length > 0 && !used) setUsed(true);
  return used ? <ToastRegion waiting={waiting} /> : null;
}
