'use client';

import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

export interface PopoverProps {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly width?: number;
  readonly children: ReactNode;
}

/** What `popover.tsx` loads when one is opened for the first time, which is why it begins open. */
export function PopoverPanel({ trigger, label, width = 280, children }: PopoverProps) {
  return (
    <Radix.Root defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="pop"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          style={{ width, maxWidth: 'calc(100vw - 16px)' }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
