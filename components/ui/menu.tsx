'use client';

import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly trigger: ReactElement;
  readonly width?: number;
  readonly align?: 'start' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}

export function Menu({ trigger, width = 220, align = 'end', open, onOpenChange, children }: Props) {
  return (
    <Radix.Root modal={false} {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="pop p-1"
          align={align}
          sideOffset={6}
          collisionPadding={8}
          style={{ minWidth: width, maxWidth: 'calc(100vw - 16px)' }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, hint, disabled = false, onSelect, children }: ItemProps) {
  return (
    <Radix.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint === undefined ? null : <span className="text-12 text-fg-3">{hint}</span>}
    </Radix.Item>
  );
}
