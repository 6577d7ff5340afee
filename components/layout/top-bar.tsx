import { CircleCheck, CircleDashed, Menu as MenuIcon, Search, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { SavedScope } from '@/lib/core/model/personal.ts';
import type { ScopeChoices } from '@/lib/core/model/views.ts';
import { formatCounted } from '../format/format-count.ts';
import { formatAge } from '../format/format-time.ts';
import { Timestamp } from '../ui/timestamp.tsx';
import { BrandMark } from './brand-mark.tsx';
import { NavigationButton } from './navigation-button.tsx';
import { ScopeBar } from './scope-bar.tsx';
import type { SaveScopes } from './scope-bookmark.tsx';
import { SearchButton } from './search-button.tsx';
import type { StoreAccounts } from './use-scope-accounts.ts';

const LATE_AFTER = 48 * 3_600_000;

interface Props {
  readonly choices: ScopeChoices | null;
  readonly now: Date;
}

interface BarProps extends Props {
  readonly scopes: readonly SavedScope[];
  readonly saveScopes: SaveScopes;
  readonly storeAccounts: StoreAccounts;
  /** What stands before the search: the notices of the reader. */
  readonly notices: ReactNode;
}

export function TopBar({ choices, now, scopes, saveScopes, storeAccounts, notices }: BarProps) {
  return (
    <header className="top-bar no-print">
      <NavigationButton>
        <MenuIcon size={16} strokeWidth={1.6} aria-hidden="true" />
      </NavigationButton>
      <span className="flex items-center gap-2 font-semibold text-[15px] sm:hidden">
        <BrandMark size={20} />
        Harrier
      </span>
      <ScopeBar choices={choices} saved={scopes} saveScopes={saveScopes} storeAccounts={storeAccounts} now={now} />
      <span className="flex-1 max-md:hidden" />
      <DataAge choices={choices} now={now} />
      {notices}
      <SearchButton icon={<Search size={14} strokeWidth={1.6} aria-hidden="true" />} />
    </header>
  );
}

function DataAge({ choices, now }: Props) {
  if (choices === null) {
    return (
      <span className="mr-3 flex items-center gap-1.5 whitespace-nowrap text-12 text-warn max-lg:hidden">
        <TriangleAlert size={13} strokeWidth={1.6} aria-hidden="true" />
        Scope did not load
      </span>
    );
  }
  if (choices.dataAsOf === null) {
    return (
      <span className="mr-3 flex items-center gap-1.5 whitespace-nowrap text-12 text-fg-3 max-lg:hidden">
        <CircleDashed size={13} strokeWidth={1.6} aria-hidden="true" />
        No scan yet
      </span>
    );
  }
  if (choices.lateSources > 0) {
    return (
      <Link
        href="/scans#feeds"
        prefetch={false}
        className="mr-3 flex items-center gap-1.5 whitespace-nowrap text-12 text-warn hover:underline max-lg:hidden"
        title="Their last sync failed or is too long ago; findings of newer advisories are missing"
      >
        <TriangleAlert size={13} strokeWidth={1.6} aria-hidden="true" />
        {formatCounted(choices.lateSources, 'source')} late
      </Link>
    );
  }
  const age = now.getTime() - choices.dataAsOf.getTime();
  if (age > LATE_AFTER) {
    return (
      <span className="mr-3 flex items-center gap-1.5 whitespace-nowrap text-12 text-warn max-lg:hidden">
        <TriangleAlert size={13} strokeWidth={1.6} aria-hidden="true" />
        Data is {formatAge(age)} old
      </span>
    );
  }
  return (
    <span className="mr-3 flex items-center gap-1.5 whitespace-nowrap text-12 text-fg-3 max-lg:hidden">
      <CircleCheck size={13} strokeWidth={1.6} aria-hidden="true" />
      <span>
        Data as of <Timestamp time={choices.dataAsOf} now={now} as={age < 86_400_000 ? 'clock' : 'moment'} /> UTC
      </span>
    </span>
  );
}
