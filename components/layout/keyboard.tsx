'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { showToast } from '../ui/toast-queue.ts';
import { runUndo } from '../ui/undo.ts';
import { ALL_ENTRIES } from './navigation.ts';
import { openPart, useShellPart } from './shell-state.ts';
import { handleShortcut, onShortcut } from './shortcuts.ts';
import { useAddress } from './use-address.ts';

const CommandPalette = dynamic(() => import('./command-palette.tsx').then((module) => module.CommandPalette), {
  ssr: false,
});
const HelpDialog = dynamic(() => import('./help-dialog.tsx').then((module) => module.HelpDialog), { ssr: false });

/** The keys that work everywhere, and the two floating parts they open. */
export function Keyboard() {
  const router = useRouter();
  const { scoped } = useAddress();
  const part = useShellPart();

  useEffect(() => {
    document.addEventListener('keydown', handleShortcut);
    return () => document.removeEventListener('keydown', handleShortcut);
  }, []);

  useEffect(() => {
    const stops = [
      onShortcut('mod+k', () => openPart('palette')),
      onShortcut('?', () => openPart('help')),
      onShortcut('/', () => {
        const query = document.querySelector<HTMLInputElement>('[data-query-input]');
        if (query) query.focus();
        else openPart('palette');
      }),
      onShortcut('z', () => {
        if (!runUndo()) showToast('Nothing to undo');
      }),
    ];
    return () => stops.forEach((stop) => void stop());
  }, []);

  useEffect(() => {
    const stops = ALL_ENTRIES.flatMap((entry) =>
      entry.key ? [onShortcut(`g ${entry.key}`, () => router.push(scoped(entry.path)))] : [],
    );
    return () => stops.forEach((stop) => void stop());
  }, [router, scoped]);

  return (
    <>
      {part === 'palette' ? <CommandPalette /> : null}
      {part === 'help' ? <HelpDialog /> : null}
    </>
  );
}
