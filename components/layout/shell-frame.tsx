'use client';

import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { BottomBar } from './bottom-bar.tsx';
import { keepChoice } from './cookie.ts';
import type { Person } from './person.ts';
import { openPart, useShellPart } from './shell-state.ts';
import { onShortcut } from './shortcuts.ts';
import { SideNav } from './side-nav.tsx';

interface Props {
  readonly narrow: boolean;
  readonly person: Person;
  readonly actNow: number | null;
  readonly showSettings: boolean;
  readonly account: ReactNode;
  readonly topBar: ReactNode;
  readonly children: ReactNode;
}

export function ShellFrame({ narrow: narrowAtFirst, topBar, children, ...nav }: Props) {
  const [narrow, setNarrow] = useState(narrowAtFirst);
  const part = useShellPart();

  useEffect(
    () =>
      onShortcut('[', () =>
        setNarrow((before) => {
          keepChoice('nav', before ? null : 'narrow');
          return !before;
        }),
      ),
    [],
  );

  return (
    <div className="shell" data-nav={narrow ? 'narrow' : 'wide'}>
      <a href="#main" className="skip-link btn">
        Skip to content
      </a>
      <nav className="side-nav" aria-label="Main">
        <SideNav {...nav} />
      </nav>
      {topBar}
      <main id="main" className="page" tabIndex={-1}>
        {children}
      </main>
      <BottomBar />
      <Dialog.Root open={part === 'navigation'} onOpenChange={(open) => openPart(open ? 'navigation' : null)}>
        <Dialog.Portal>
          <Dialog.Overlay className="overlay" />
          <Dialog.Content className="sheet" aria-describedby={undefined}>
            <Dialog.Title className="vh">Navigation</Dialog.Title>
            <SideNav {...nav} onNavigate={() => openPart(null)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </div>
  );
}
