'use client';

import { Dialog } from 'radix-ui';
import type { ComponentProps } from 'react';
import { openPart } from './shell-state.ts';
import { SideNav } from './side-nav.tsx';

/** The side navigation over the page, where the screen has no room for it. */
export function NavigationSheet(props: Omit<ComponentProps<typeof SideNav>, 'onNavigate'>) {
  return (
    <Dialog.Root open onOpenChange={(open) => openPart(open ? 'navigation' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="sheet" aria-describedby={undefined}>
          <Dialog.Title className="vh">Navigation</Dialog.Title>
          <SideNav {...props} onNavigate={() => openPart(null)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
