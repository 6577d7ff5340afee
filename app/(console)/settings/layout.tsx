import type { ReactNode } from 'react';
import { feedLateness } from '@/components/feeds/feed-lateness.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { listFeeds } from '@/lib/operations/console/list-feeds.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { SettingsSections } from './_components/settings-sections.tsx';
import { accountSums } from './accounts/account-sums.ts';
import { loadConnections } from './accounts/load-connections.ts';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { deps, caller } = await requireCaller();
  const showInstallation = isAllowed(caller.role, 'settings:read');
  const now = deps.clock.now();
  const [connections, feeds] = showInstallation
    ? await Promise.all([loadConnections(), settle(ask(listFeeds, {}), 'Feeds')])
    : [null, null];
  return (
    <>
      <PageHeader title="Settings" />
      <div className="mt-3.5 grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] border-line border-t max-md:grid-rows-[auto_1fr] md:grid-cols-[136px_minmax(0,1fr)]">
        <SettingsSections
          showInstallation={showInstallation}
          showMail={isAllowed(caller.role, 'settings:write')}
          accounts={connections?.ok ? accountSums(connections.value.accounts, now).total : null}
          lateFeeds={feeds?.ok ? feeds.value.filter((feed) => feedLateness(feed, now).isLate).length : 0}
        />
        <div className="min-w-0 px-(--gutter) py-4 md:border-line md:border-l">{children}</div>
      </div>
    </>
  );
}
