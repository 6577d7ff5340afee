import { describe, expect, it } from 'vitest';
import { accountSums, sumsInWords } from './account-sums.ts';
import type { ConnectedAccount } from './connection.ts';

const NOW = new Date('2026-11-24T14:32:00Z');

function account(name: string, state: ConnectedAccount['state'], days = 30): ConnectedAccount {
  return {
    id: name,
    name,
    organizationalUnit: '',
    connectionId: 'one',
    roleArn: null,
    state,
    detail: null,
    since: null,
    firstSeenAt: new Date(NOW.getTime() - days * 86_400_000),
    regions: [],
    resources: 0,
    readAt: null,
  };
}

describe('how many accounts are connected', () => {
  const accounts = [
    account('gone', 'left'),
    account('asleep', 'suspended'),
    account('new', 'active', 2),
    account('newest', 'denied', 0),
    account('old', 'active'),
    account('away', 'unreachable', 7),
    account('gone-again', 'left', 1),
  ];

  it('leaves out those that left, and lists what can be mended first', () => {
    const sums = accountSums(accounts, NOW);
    expect(sums).toMatchObject({ total: 5, connected: 2 });
    expect(sums.troubled.map(({ name }) => name)).toEqual(['newest', 'away', 'asleep', 'gone', 'gone-again']);
    expect(sumsInWords(sums)).toBe('2 accounts connected, 1 denied, 1 unreachable, 1 suspended, 2 left');
    expect(sumsInWords(accountSums([account('one', 'active')], NOW))).toBe('1 account connected');
  });

  it('an account is new for seven days', () => {
    expect(accountSums(accounts, NOW).fresh.map(({ name }) => name)).toEqual(['newest', 'new']);
  });
});
