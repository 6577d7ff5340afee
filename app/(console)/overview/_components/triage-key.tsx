'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';

/** T starts triage; 1 to 6 jump to the figures. */
export function TriageKey({ href }: { readonly href: string }) {
  const router = useRouter();
  useEffect(() => {
    const stops = [
      onShortcut('t', () => router.push(href)),
      ...[1, 2, 3, 4, 5, 6].map((digit) =>
        onShortcut(String(digit), () =>
          document.querySelector<HTMLElement>(`a.figure[data-figure="${digit}"]`)?.focus(),
        ),
      ),
    ];
    return () => stops.forEach((stop) => void stop());
  }, [href, router]);
  return null;
}
