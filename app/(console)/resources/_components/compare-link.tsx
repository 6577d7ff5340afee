'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { ButtonLink } from '@/components/ui/button.tsx';

/** Leads to the comparison of two scans, also by D. Its icon is given, so that it is no script. */
export function CompareLink({ href, icon }: { readonly href: string; readonly icon: ReactNode }) {
  const router = useRouter();
  useEffect(() => onShortcut('d', () => router.push(href)), [href, router]);
  return (
    <ButtonLink href={href} className="max-sm:!hidden">
      {icon}
      Compare scans <kbd>D</kbd>
    </ButtonLink>
  );
}
