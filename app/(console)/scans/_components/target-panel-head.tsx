'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { Button } from '@/components/ui/button.tsx';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly closeHref: string;
}

/** Takes the focus from the link that opened the panel, and gives it back. */
export function TargetPanelHead({ id, name, closeHref }: Props) {
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useRef(() => {});
  close.current = () => {
    const links = [...document.querySelectorAll<HTMLElement>('a[data-opens-target]')];
    links.findLast((link) => link.dataset.opensTarget === id)?.focus({ preventScroll: true });
    router.push(closeHref, { scroll: false });
  };

  useEffect(() => {
    if (document.activeElement?.closest('[data-opens-target]')) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => onShortcut('Escape', () => close.current()), []);

  return (
    <div className="flex flex-none items-center gap-2 px-5 pt-3">
      <h2
        ref={heading}
        tabIndex={-1}
        className="min-w-0 flex-1 truncate font-semibold text-16 focus-visible:shadow-none"
        title={name}
      >
        <bdi>{name}</bdi>
      </h2>
      <Button kind="ghost" icon aria-label="Close" onClick={() => close.current()}>
        <X size={15} strokeWidth={1.6} aria-hidden="true" />
      </Button>
    </div>
  );
}
