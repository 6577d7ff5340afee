'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import type { Density } from '@/lib/core/model/personal.ts';
import { BottomBar } from './bottom-bar.tsx';
import { keepChoice } from './cookie.ts';
import type { Person } from './person.ts';
import { useShellPart } from './shell-state.ts';
import { onShortcut } from './shortcuts.ts';
import { SideNav } from './side-nav.tsx';

const NavigationSheet = dynamic(() => import('./navigation-sheet.tsx').then((module) => module.NavigationSheet), {
  ssr: false,
});

interface Props {
  readonly narrow: boolean;
  readonly density: Density;
  readonly person: Person;
  readonly actNow: number | null;
  readonly showSettings: boolean;
  readonly showCost: boolean;
  readonly account: ReactNode;
  readonly topBar: ReactNode;
  readonly children: ReactNode;
}

export function ShellFrame({ narrow: narrowAtFirst, density, topBar, children, ...nav }: Props) {
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
    <div className="shell" data-nav={narrow ? 'narrow' : 'wide'} data-density={density}>
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
      {part === 'navigation' ? <NavigationSheet {...nav} /> : null}
    </div>
  );
}
