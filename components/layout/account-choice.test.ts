import { describe, expect, it } from 'vitest';
import {
  accountsInWords,
  coveredBy,
  type ScopeAccount,
  unitsOf,
  withAccounts,
  without,
  withUnit,
} from './account-choice.ts';

const account = (id: string, organizationalUnit: string): ScopeAccount => ({ id, name: `n${id}`, organizationalUnit });
const ACCOUNTS = [
  account('1', 'production/commerce'),
  account('2', 'production/commerce'),
  account('3', 'production'),
  account('4', 'production-old'),
  account('5', ''),
  account('6', 'staging/a/b'),
];
const ids = (names: readonly string[]) => [...coveredBy(names, ACCOUNTS)];

describe('the accounts of a scope', () => {
  it('stand in a tree, with units in which nothing stands directly', () => {
    expect(unitsOf(ACCOUNTS).map(({ path, depth, accounts }) => [path, depth, accounts.map(({ id }) => id)])).toEqual([
      ['', 0, ['5']],
      ['production', 0, ['3']],
      ['production/commerce', 1, ['1', '2']],
      ['production-old', 0, ['4']],
      ['staging', 0, []],
      ['staging/a', 1, []],
      ['staging/a/b', 2, ['6']],
    ]);
  });

  it('a unit holds what is below it, and not what only begins like it', () => {
    expect(ids(['ou:production'])).toEqual(['1', '2', '3']);
    expect(ids(['ou:staging', '5'])).toEqual(['5', '6']);
    expect(ids(['ou:nowhere'])).toEqual([]);
  });

  it('a unit that is picked takes the place of what it brings', () => {
    expect(withUnit(['1', '5', 'ou:production/commerce'], 'production', ACCOUNTS)).toEqual(['5', 'ou:production']);
    expect(withAccounts(['ou:production'], ['1', '6'], ACCOUNTS)).toEqual(['6', 'ou:production']);
  });

  it('one account less makes a unit the others of it, and a unit less inside of another likewise', () => {
    expect(without(['5', 'ou:production'], new Set(['1']), ACCOUNTS)).toEqual(['2', '3', '5']);
    expect(without(['ou:production'], new Set(['1', '2']), ACCOUNTS)).toEqual(['3']);
    expect(without(['ou:production', 'ou:staging'], new Set(['1', '2', '3']), ACCOUNTS)).toEqual(['ou:staging']);
  });

  it('are said by name where there is one name', () => {
    expect(accountsInWords([], ACCOUNTS)).toBe('All 6');
    expect(accountsInWords(['5'], ACCOUNTS)).toBe('n5');
    expect(accountsInWords(['ou:production/commerce'], ACCOUNTS)).toBe('commerce');
    expect(accountsInWords(['ou:production', '5'], ACCOUNTS)).toBe('4 of 6');
    expect(accountsInWords(['ou:production', 'ou:nowhere'], ACCOUNTS)).toBe('3 of 6');
  });
});
