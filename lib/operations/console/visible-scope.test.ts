import { describe, expect, it } from 'vitest';
import type { Caller } from '../../core/model/permissions.ts';
import { type AccountGroup, WHOLE_ESTATE } from '../../core/model/scope.ts';
import { visibleEstate, visibleScope } from './visible-scope.ts';

function callerOf(accounts: readonly string[] | null): Caller {
  return { userId: 'u', name: 'Ada', email: 'ada@example.com', role: 'lead', accounts, sessionId: 's' };
}

const UNITS: Readonly<Record<string, readonly string[]>> = { production: ['1', '2'] };
const SETS: Readonly<Record<string, readonly string[]>> = { s_0123456789abcdef: ['2', '3'] };
const deps = {
  reads: {
    accountsIn: async (groups: readonly AccountGroup[]) =>
      groups.flatMap((group) => (group.kind === 'unit' ? UNITS[group.path] : SETS[group.id]) ?? []),
  },
};

describe('the visible scope', () => {
  it.each([
    ['all accounts, all asked', null, [], null],
    ['all accounts, one asked', null, ['1'], ['1']],
    ['own accounts, all asked', ['1', '2'], [], ['1', '2']],
    ['own accounts, one of them asked', ['1', '2'], ['2'], ['2']],
    ['own accounts, another asked', ['1', '2'], ['3'], []],
    ['no accounts', [], [], []],
    ['a unit', null, ['ou:production'], ['1', '2']],
    ['a unit and an account of it', null, ['1', 'ou:production'], ['1', '2']],
    ['a unit, of which one account is the own', ['2', '9'], ['ou:production'], ['2']],
    ['a unit that nobody knows is nothing', null, ['ou:nowhere'], []],
    ['and so for whoever has own accounts', ['1'], ['ou:nowhere'], []],
    ['a set', null, ['s_0123456789abcdef'], ['2', '3']],
    ['a set beyond the own accounts', ['1'], ['s_0123456789abcdef'], []],
    ['a set that nobody stored is nothing', null, ['s_ffffffffffffffff'], []],
    ['no accounts, a unit', [], ['ou:production'], []],
  ] as const)('%s', async (_case, allowed, asked, expected) => {
    const { accounts } = await visibleScope(deps, callerOf(allowed), { ...WHOLE_ESTATE, accounts: asked });

    expect(accounts?.toSorted() ?? null).toEqual(expected);
  });

  it('of everything is what the caller has', () => {
    expect(visibleEstate(callerOf(['1'])).accounts).toEqual(['1']);
    expect(visibleEstate(callerOf(null)).accounts).toBeNull();
  });
});
