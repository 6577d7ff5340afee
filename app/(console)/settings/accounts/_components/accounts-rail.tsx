import { formatCounted } from '@/components/format/format-count.ts';
import type { FeedView } from '@/lib/core/model/views.ts';
import type { ConnectionsView } from '@/lib/operations/cloud/list-connections.ts';
import { accountSums } from '../account-sums.ts';
import { fixesOf } from '../fixes-of.ts';
import { AccountFix } from './account-fix.tsx';
import { Connected } from './connected.tsx';
import { FeedAges } from './feed-ages.tsx';
import { RegionCounts } from './region-counts.tsx';

interface Props {
  readonly view: ConnectionsView;
  /** Null where they did not load. */
  readonly feeds: readonly FeedView[] | null;
  readonly now: Date;
}

/** As many as fit beside the accounts; the next follow when these are done. */
const FIXES_SHOWN = 3;

/** What is connected, what ends each denial, where resources are, and how old the advisories are. */
export function AccountsRail({ view, feeds, now }: Props) {
  const fixes = fixesOf(view);
  return (
    <aside className="accounts-rail" aria-label="Connected">
      <Connected sums={accountSums(view.accounts, now)} now={now} />
      {fixes.slice(0, FIXES_SHOWN).map((fix) => (
        <AccountFix key={`${fix.account} ${fix.command}`} fix={fix} />
      ))}
      {fixes.length > FIXES_SHOWN ? (
        <p className="mt-2 text-12 text-fg-3">
          {formatCounted(fixes.length - FIXES_SHOWN, 'more fix', 'more fixes')} when these are done.
        </p>
      ) : null}
      <RegionCounts regions={view.regions} />
      <FeedAges feeds={feeds} now={now} />
    </aside>
  );
}
