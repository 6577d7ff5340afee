import { describe, expect, it } from 'vitest';
import { coverageSummary } from '@/lib/core/coverage/summary.ts';
import type { LedgerState } from '@/lib/core/model/cloud.ts';
import type { CoveredAccount, LedgerCount, UnreadPlace } from '@/lib/core/model/coverage-view.ts';
import type { ResourceKind } from '@/lib/core/model/resource.ts';
import { byName, gridOf } from './grid-rows.ts';

const SINCE = new Date('2026-11-24T10:00:00Z');

const count = (place: string, kind: ResourceKind, state: LedgerState, resources: number): LedgerCount => ({
  place,
  kind,
  state,
  reason: state === 'scanned' ? 'SUCCESSFUL' : 'LATE',
  resources,
});

const account = (id: string, state: CoveredAccount['state'] = 'active'): CoveredAccount => ({
  id,
  name: `account-${id}`,
  state,
  detail: null,
  since: SINCE,
});

const unread = (accountId: string, service: UnreadPlace['service'], state: UnreadPlace['state']): UnreadPlace => ({
  accountId,
  region: 'eu-west-1',
  service,
  state,
  detail: 'It was not read.',
  since: SINCE,
  readAt: null,
});

interface Parts {
  readonly by?: 'account' | 'region';
  readonly counts?: readonly LedgerCount[];
  readonly accounts?: readonly CoveredAccount[];
  readonly unread?: readonly UnreadPlace[];
}

function grid({ by = 'account', counts = [], accounts = [], unread: places = [] }: Parts) {
  return gridOf({ by, accounts, unread: places }, coverageSummary({ counts }));
}

describe('the grid of coverage', () => {
  it('leaves out columns of which there is nothing, and sums to its first row', () => {
    const { columns, all, rows } = grid({
      counts: [count('1', 'ec2', 'scanned', 5), count('1', 'ec2', 'stale', 1), count('2', 'host', 'scanned', 1)],
      accounts: [account('1'), account('2')],
    });

    expect(columns.map(({ id }) => id)).toEqual(['ec2', 'outside']);
    expect(all).toMatchObject({ gap: 1, cells: [{ scanned: 5, total: 6 }, { total: 1 }] });
    expect(rows.map(({ name, gap }) => [name, gap])).toEqual([
      ['account-1', 1],
      ['account-2', 0],
    ]);
  });

  it('says what an account is where it cannot be read, and never leaves it out', () => {
    const { columns, rows } = grid({
      counts: [count('3', 'ec2', 'scanned', 5)],
      accounts: [account('1', 'unreachable'), account('2', 'denied'), account('3'), account('4', 'suspended')],
    });

    expect(columns.map(({ id }) => id)).toEqual(['ec2']);
    expect(rows.map(({ place, gap, cells }) => [place, gap, cells[0]?.word])).toEqual([
      ['1', null, 'late'],
      ['2', null, 'denied'],
      ['4', null, 'suspended'],
      ['3', 0, null],
    ]);
  });

  it('has columns even where no account at all could be read', () => {
    const { columns, rows } = grid({ accounts: [account('1', 'denied')] });

    expect(columns.map(({ id }) => id)).toEqual(['ec2', 'ecr', 'lambda']);
    expect(rows[0]?.cells.map(({ word }) => word)).toEqual(['denied', 'denied', 'denied']);
  });

  it('marks the service that could not be read beside what is known of it', () => {
    const { columns, rows } = grid({
      counts: [count('1', 'ec2', 'scanned', 5), count('1', 'ecr', 'scanned', 2), count('1', 'host', 'scanned', 1)],
      accounts: [account('1')],
      unread: [unread('1', 'ec2', 'throttled'), unread('1', 'ec2', 'denied'), unread('1', 'ecr', 'off')],
    });

    expect(columns.map(({ id }) => id)).toEqual(['ec2', 'ecr', 'outside']);
    expect(rows[0]?.cells).toEqual([
      { scanned: 5, total: 5, word: 'denied' },
      { scanned: 2, total: 2, word: null },
      { scanned: 1, total: 1, word: null },
    ]);
  });

  it('is off where nobody switched anything on', () => {
    const { rows } = grid({
      counts: [count('1', 'lambda', 'off', 3), count('1', 'ec2', 'off', 1), count('1', 'ec2', 'scanned', 1)],
      accounts: [account('1')],
    });

    expect(rows[0]?.cells.map(({ word }) => word)).toEqual([null, 'off']);
  });

  it('has regions with what could not be read in any account', () => {
    const { rows } = grid({
      by: 'region',
      counts: [count('us-east-1', 'ec2', 'scanned', 5), count('local', 'host', 'stale', 1)],
      accounts: [account('1', 'denied')],
      unread: [unread('1', 'lambda', 'unreachable')],
    });

    expect(rows.map(({ name, cells }) => [name, cells.map(({ word }) => word)])).toEqual([
      ['Outside AWS', [null, null, null]],
      ['eu-west-1', [null, 'late', null]],
      ['us-east-1', [null, null, null]],
    ]);
  });

  it('orders names as people count', () => {
    const { rows } = grid({ accounts: [account('10'), account('9')] });

    expect(rows.toSorted(byName).map(({ place }) => place)).toEqual(['9', '10']);
  });

  it('forgets an account that was left with nothing in it', () => {
    const { rows } = grid({
      counts: [count('1', 'ec2', 'stale', 1)],
      accounts: [account('1', 'left'), account('2', 'left')],
    });

    expect(rows.map(({ place, left }) => [place, left])).toEqual([['1', true]]);
  });
});
