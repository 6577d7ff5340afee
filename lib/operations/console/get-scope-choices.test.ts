import { describe, expect, it } from 'vitest';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { FeedView } from '../../core/model/views.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { getScopeChoices } from './get-scope-choices.ts';

const NOW = new Date('2026-11-27T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

function feed(more: Partial<FeedView>): FeedView {
  return {
    source: 'npm',
    records: 10,
    newestRecord: hoursAgo(1),
    syncedAt: hoursAgo(1),
    lastError: null,
    lastErrorAt: null,
    ...more,
  };
}

function late(feeds: readonly FeedView[]) {
  const choices = { accounts: [], regions: [], environments: [], dataAsOf: NOW, hasSample: false, actNow: 0 };
  const deps = {
    reads: { scopeChoices: async () => choices },
    system: { feeds: () => feeds },
    clock: { now: () => NOW },
  } as unknown as Dependencies;
  const caller = {
    userId: 'x',
    name: 'x',
    email: 'x@example.com',
    role: 'viewer' as const,
    accounts: null,
    sessionId: 's',
  };
  return runOperation(getScopeChoices, deps, caller, { scope: WHOLE_ESTATE }).then((one) => one.lateSources);
}

describe('sources that are late', () => {
  it.each([
    ['synced an hour ago', feed({}), 0],
    ['synced too long ago', feed({ syncedAt: hoursAgo(49) }), 1],
    ['failed since', feed({ lastError: 'no answer', lastErrorAt: hoursAgo(0.5) }), 1],
    ['failed before', feed({ lastError: 'no answer', lastErrorAt: hoursAgo(2) }), 0],
    ['never brought in', feed({ syncedAt: null, lastErrorAt: hoursAgo(1) }), 0],
  ])('%s', async (_, one, count) => {
    expect(await late([one, feed({})])).toBe(count);
  });
});
