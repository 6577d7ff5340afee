import type { ReactNode } from 'react';
import { Due } from '@/components/findings/due.tsx';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { OwnerMark } from '@/components/findings/owner-mark.tsx';
import { teamStatusWord } from '@/components/findings/status-words.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { FindingColumn } from '@/lib/core/model/personal.ts';
import type { FindingRow, FindingSort } from '@/lib/core/model/views.ts';

export interface Column {
  readonly label: string;
  /** Pixels, or what CSS takes. */
  readonly width: string;
  readonly narrowWidth?: string;
  readonly number?: boolean;
  readonly sort?: FindingSort;
  /** With the panel open its facts stand there. */
  readonly folds?: boolean;
  readonly cell: (row: FindingRow, now: Date, narrow: boolean) => ReactNode;
}

const REACH_WORDS = { internet: 'Internet', peer: 'Peer', isolated: 'Isolated' } as const;
const FIX_WORDS = { yes: 'Yes', partial: 'Partial', no: 'None' } as const;

/** Every column that a person may leave out, in the order in which they stand. */
export const COLUMNS: Readonly<Record<FindingColumn, Column>> = {
  exploit: {
    label: 'Exploit',
    width: '124px',
    narrowWidth: '54px',
    cell: (row, _now, narrow) => (
      <span className="flex gap-1">
        <ExploitChips kev={row.kev} poc={row.exploit === 'public'} epss={narrow ? null : row.epss} />
      </span>
    ),
  },
  resource: {
    label: 'Resource',
    width: '22%',
    narrowWidth: '26%',
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5" title={row.resourceName}>
        <ResourceIcon kind={row.resourceKind} />
        <bdi className="truncate">{row.resourceName}</bdi>
      </span>
    ),
  },
  account: {
    label: 'Account',
    width: '12%',
    folds: true,
    cell: (row) => (
      <bdi className="text-fg-2" title={row.accountId}>
        {row.accountName}
      </bdi>
    ),
  },
  region: {
    label: 'Region',
    width: '104px',
    folds: true,
    cell: (row) => <span className="text-fg-2">{row.region}</span>,
  },
  environment: {
    label: 'Env',
    width: '84px',
    folds: true,
    cell: (row) => <bdi className="text-fg-2">{row.environment ?? '–'}</bdi>,
  },
  reach: {
    label: 'Reach',
    width: '84px',
    folds: true,
    cell: (row) =>
      row.reach === null ? (
        <span className="text-fg-3" title="Nobody has looked at the network paths yet">
          Not known
        </span>
      ) : (
        <span className={row.reach === 'internet' ? 'font-medium' : 'text-fg-3'}>{REACH_WORDS[row.reach]}</span>
      ),
  },
  fix: {
    label: 'Fix',
    width: '110px',
    cell: (row) => (
      <span className={row.fixAvailable === 'no' ? 'text-fg-3' : ''} title={row.fixedVersion ?? undefined}>
        {row.fixedVersion ?? FIX_WORDS[row.fixAvailable]}
      </span>
    ),
  },
  due: {
    label: 'Due',
    width: '118px',
    narrowWidth: '100px',
    number: true,
    sort: 'due',
    cell: (row, now) => <Due dueAt={row.status === 'ACTIVE' ? row.dueAt : null} now={now} />,
  },
  status: { label: 'Status', width: '116px', folds: true, cell: (row) => teamStatusWord(row) },
  owner: {
    label: 'Owner',
    width: '60px',
    narrowWidth: '58px',
    cell: (row) => (
      <OwnerMark name={row.ownerName} team={row.team} gone={row.ownerId !== null && row.ownerName === null} />
    ),
  },
  source: {
    label: 'Source',
    width: '110px',
    cell: (row) => (
      <span className="text-fg-2">
        {[(row.sources & 1) !== 0 ? 'Harrier' : '', (row.sources & 2) !== 0 ? 'Security Hub' : '']
          .filter((name) => name !== '')
          .join(', ')}
      </span>
    ),
  },
  'first-seen': {
    label: 'First seen',
    width: '118px',
    sort: 'first-seen',
    cell: (row, now) => <Timestamp time={row.firstSeenAt} now={now} />,
  },
  'last-seen': {
    label: 'Last seen',
    width: '118px',
    sort: 'last-seen',
    cell: (row, now) => <Timestamp time={row.lastSeenAt} now={now} />,
  },
};
