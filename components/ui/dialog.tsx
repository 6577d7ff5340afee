'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface Props {
  readonly title: string;
  readonly description: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly width?: number;
  readonly children: ReactNode;
}

/** Who opens a form wants to fill it in, and not to close it again. */
function focusFirstField(event: Event): void {
  const field = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('input:not([type=file]), textarea');
  if (field !== null) {
    event.preventDefault();
    field.focus();
  }
}

export function Dialog({ title, description, open, onOpenChange, width = 480, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content
          className="pop fixed top-[14vh] left-1/2 flex max-h-[72vh] -translate-x-1/2 flex-col"
          onOpenAutoFocus={focusFirstField}
          style={{ width, maxWidth: 'calc(100vw - 32px)' }}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-16">{title}</Radix.Title>
              <Radix.Description className="text-12 text-fg-3">{description}</Radix.Description>
            </div>
            <Radix.Close asChild>
              <Button kind="ghost" icon aria-label="Close">
                <X size={15} strokeWidth={1.6} />
              </Button>
            </Radix.Close>
          </header>
          <div className="min-h-0 overflow-y-auto px-5 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
