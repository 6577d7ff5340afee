'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { isOverlaid, onShortcut } from '@/components/layout/shortcuts.ts';
import { ButtonLink } from '@/components/ui/button.tsx';
import { takeOpened } from './opened-cell.ts';

interface Props {
  readonly title: string;
  /** The page without it. */
  readonly closeHref: string;
  readonly children: ReactNode;
}

/** The panel of one cell: it takes the focus when the reader opens it, and Escape closes it. */
export function PickedFrame({ title, closeHref, children }: Props) {
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (takeOpened() && !isOverlaid()) heading.current?.focus();
  }, []);

  useEffect(() => onShortcut('Escape', () => router.push(closeHref, { scroll: false })), [router, closeHref]);

  return (
    <section className="coverage-picked" aria-label={title}>
      <div className="mb-1 flex items-center gap-2">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate font-semibold text-13" title={title}>
          <bdi>{title}</bdi>
        </h2>
        <ButtonLink kind="ghost" icon href={closeHref} scroll={false} prefetch={false} aria-label="Close">
          <X size={14} strokeWidth={1.6} aria-hidden="true" />
        </ButtonLink>
      </div>
      {children}
    </section>
  );
}
