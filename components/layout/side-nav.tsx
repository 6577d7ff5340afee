'use client';

import { SunMoon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '../format/format-count.ts';
import { toggleTheme } from './apply-theme.ts';
import { BrandMark } from './brand-mark.tsx';
import { isCurrent, NAVIGATION, type NavigationEntry, SETTINGS } from './navigation.ts';
import { initialsOf, type Person, ROLE_WORDS } from './person.ts';
import { useAddress } from './use-address.ts';

interface Props {
  readonly person: Person;
  readonly actNow: number | null;
  readonly showSettings: boolean;
  /** For whoever may see prices. */
  readonly showCost: boolean;
  /** The sign-out control of the account menu. */
  readonly account: ReactNode;
  readonly onNavigate?: () => void;
}

/** The inside of the sidebar, and of the sheet that stands in for it on small screens. */
export function SideNav({ person, actNow, showSettings, showCost, account, onNavigate }: Props) {
  const { pathname, scoped } = useAddress();

  function item(entry: NavigationEntry, count: number | null) {
    const Icon = entry.icon;
    return (
      <li key={entry.path}>
        <Link
          href={scoped(entry.path)}
          className="nav-item"
          aria-current={isCurrent(entry.path, pathname) ? 'page' : undefined}
          title={entry.label}
          {...(onNavigate ? { onClick: onNavigate } : {})}
        >
          <Icon size={15} strokeWidth={1.6} aria-hidden="true" />
          <span className="wide-only">{entry.label}</span>
          {count ? (
            <span className="nav-count wide-only" title="Act now">
              {formatCount(count)}
              <span className="vh"> to act on now</span>
            </span>
          ) : null}
        </Link>
      </li>
    );
  }

  return (
    <>
      <Link href={scoped('/overview')} className="brand" aria-label="Harrier, overview">
        <BrandMark />
        <span className="wide-only">Harrier</span>
      </Link>
      {NAVIGATION.map((group) => (
        <div key={group.label}>
          <h2 className="nav-head wide-only">{group.label}</h2>
          <ul>
            {group.entries
              .filter(({ path }) => showCost || path !== '/cost')
              .map((entry) => item(entry, entry.path === '/findings' ? actNow : null))}
          </ul>
        </div>
      ))}
      <div className="nav-foot">
        <ul>
          {showSettings ? item(SETTINGS, null) : null}
          <li>
            <button type="button" className="nav-item" onClick={toggleTheme} title="Theme">
              <SunMoon size={15} strokeWidth={1.6} aria-hidden="true" />
              <span className="wide-only">Theme</span>
            </button>
          </li>
        </ul>
        <div className="flex h-9 items-center gap-2 px-1.5">
          <span className="avatar" aria-hidden="true">
            {initialsOf(person.name)}
          </span>
          <span className="wide-only truncate" title={person.name}>
            {person.name}
          </span>
          <span className="wide-only ml-auto text-12 text-fg-3">{ROLE_WORDS[person.role]}</span>
          <span className="wide-only">{account}</span>
        </div>
      </div>
    </>
  );
}
