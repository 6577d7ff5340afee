'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { isCurrent, NAVIGATION } from './navigation.ts';
import { openPart } from './shell-state.ts';
import { useAddress } from './use-address.ts';

/** Four have room beside More, which has them all. */
const AT_HAND = ['/overview', '/findings', '/my-work', '/coverage'];
const ENTRIES = NAVIGATION.flatMap((group) => group.entries).filter(({ path }) => AT_HAND.includes(path));

/** Navigation at the thumb, under 640 px. */
export function BottomBar() {
  const { pathname, scoped } = useAddress();
  return (
    <nav className="bottom-bar" aria-label="Main, small screens">
      {ENTRIES.map((entry) => (
        <Link
          key={entry.path}
          href={scoped(entry.path)}
          aria-current={isCurrent(entry.path, pathname) ? 'page' : undefined}
        >
          <entry.icon size={18} strokeWidth={1.6} aria-hidden="true" />
          {entry.label}
        </Link>
      ))}
      <button type="button" onClick={() => openPart('navigation')}>
        <Ellipsis size={18} strokeWidth={1.6} aria-hidden="true" />
        More
      </button>
    </nav>
  );
}
