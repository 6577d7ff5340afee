import { describe, expect, it } from 'vitest';
import type { Caller } from '../../core/model/permissions.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { visibleScope } from './visible-scope.ts';

function callerOf(accounts: readonly string[] | null): Caller {
  return { userId: 'u', name: 'Ada', email: 'ada@example.com', role: 'lead', accounts, sessionId: 's' };
}

describe('the visible scope', () => {
  it.each([
    ['all accounts, all asked', null, [], null],
    ['all accounts, one asked', null, ['1'], ['1']],
    ['own accounts, all asked', ['1', '2'], [], ['1', '2']],
    ['own accounts, one of them asked', ['1', '2'], ['2'], ['2']],
    ['own accounts, another asked', ['1', '2'], ['3'], []],
    ['no accounts', [], [], []],
  ] as const)('%s', (_case, allowed, asked, expected) => {
    expect(visibleScope(callerOf(allowed), { ...WHOLE_ESTATE, accounts: asked }).accounts).toEqual(expected);
  });
});
