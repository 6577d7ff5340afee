import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { type ConnectionsView, listConnections } from '@/lib/operations/cloud/list-connections.ts';
import { listFeeds } from '@/lib/operations/console/list-feeds.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';
import { AccountsRail } from './_components/accounts-rail.tsx';
import { ConnectionList } from './_components/connection-list.tsx';
import { PermissionTable } from './_components/permission-table.tsx';
import { Wizard } from './_components/wizard.tsx';
import type { Connection } from './connection.ts';
import { standingOf } from './connection-states.ts';
import { loadConnections } from './load-connections.ts';
import { lastCheckOf, relevantRows } from './permission-marks.ts';

export const metadata: Metadata = { title: 'Accounts' };

interface Rights {
  readonly mayChange: boolean;
  readonly mayScan: boolean;
}

/** `?new` begins a connection, `?sel=ID` opens one; without either all of them are listed. */
export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, listConnections.permission)) {
    notFound();
  }
  const record = await searchParams;
  const [view, feeds] = await Promise.all([loadConnections(), settle(ask(listFeeds, {}), 'Feeds')]);
  if (!view.ok) return <ErrorState title="Accounts did not load" message={view.message} />;
  const now = deps.clock.now();
  const rights = {
    mayChange: isAllowed(caller.role, 'settings:write'),
    mayScan: isAllowed(caller.role, 'scans:run'),
  };
  return (
    <div className="accounts-body">
      <div className="accounts-main">
        <Main view={view.value} record={record} rights={rights} now={now} />
      </div>
      <AccountsRail view={view.value} feeds={feeds.ok ? feeds.value : null} now={now} />
    </div>
  );
}

interface MainProps {
  readonly view: ConnectionsView;
  readonly record: SearchRecord;
  readonly rights: Rights;
  readonly now: Date;
}

function Main({ view, record, rights, now }: MainProps) {
  const { connections } = view;
  const selected = connections.find(({ id }) => id === readSearch(record).sel) ?? null;
  const isNew = rights.mayChange && (record.new !== undefined || connections.length === 0);
  if (selected !== null || isNew) return <Opened view={view} connection={selected} rights={rights} now={now} />;
  if (connections.length === 0) {
    return (
      <>
        <EmptyState kind="unknown" title="No account of AWS is connected">
          An administrator connects one. Below is what Harrier asks AWS for.
        </EmptyState>
        <section className="mt-4" aria-label="Permissions">
          <Permissions view={view} withOrganization={false} />
        </section>
      </>
    );
  }
  return (
    <>
      <ConnectionList view={view} now={now} {...rights} />
      <section className="mt-6" aria-labelledby="permissions">
        <div className="section-head">
          <h2 id="permissions">Permissions</h2>
          <span className="text-12 text-fg-3">in all accounts and regions that were checked</span>
        </div>
        <Permissions view={view} withOrganization={connections.some(({ kind }) => kind === 'organization')} />
      </section>
    </>
  );
}

interface OpenedProps {
  readonly view: ConnectionsView;
  readonly connection: Connection | null;
  readonly rights: Rights;
  readonly now: Date;
}

function Opened({ view, connection, rights, now }: OpenedProps) {
  const { connections, accounts, newExternalId, identity, permissions } = view;
  const isOrganization = connections.some(({ kind }) => kind === 'organization');
  return (
    <Wizard
      connection={connection}
      defaults={{ newExternalId, identity }}
      standing={connection === null ? null : standingOf(connection, accounts)}
      checkedAt={lastCheckOf(permissions)}
      isFirst={connections.length === 0}
      now={now}
      {...rights}
    >
      <Permissions view={view} withOrganization={isOrganization} />
    </Wizard>
  );
}

function Permissions({
  view,
  withOrganization,
}: {
  readonly view: ConnectionsView;
  readonly withOrganization: boolean;
}) {
  return <PermissionTable rows={relevantRows(view.permissions, withOrganization)} />;
}
