import { describe, expect, it } from 'vitest';
import { WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { formatScope, parseScope } from './scope-params.ts';
import { addressWith, formatSearch, readSearch, scopeOnly } from './search-params.ts';

describe('the address of a page', () => {
  it('writes its keys in one order, whatever order they came in', () => {
    expect(formatSearch({ tab: 'evidence', q: 'is:open severity:critical,high', acct: '111122223333' })).toBe(
      '?acct=111122223333&q=is:open+severity:critical,high&tab=evidence',
    );
  });

  it('leaves out what is empty', () => {
    expect(formatSearch({ q: '', sel: null })).toBe('');
  });

  it('survives reading and writing', () => {
    const q = 'package:"a b&c=d" kind:ec2 +%';
    const record = Object.fromEntries(new URLSearchParams(formatSearch({ q })));

    expect(readSearch(record)).toEqual({ q });
  });

  it('takes the first of a key given twice and no unknown key', () => {
    expect(readSearch({ q: ['is:open', 'is:fixed'], other: 'x' })).toEqual({ q: 'is:open' });
  });

  it('a link to another page keeps the scope and drops the query', () => {
    expect(addressWith('/resources', scopeOnly({ acct: '1', q: 'is:open', sel: 'f' }))).toBe('/resources?acct=1');
  });
});

describe('the scope', () => {
  it('is the whole estate when the address says nothing', () => {
    expect(parseScope({})).toEqual(WHOLE_ESTATE);
    expect(formatSearch(formatScope(WHOLE_ESTATE))).toBe('');
  });

  it('is sorted and without doubles, so that equal scopes are equal addresses', () => {
    const scope = parseScope({ region: 'us-east-1,eu-west-1,,us-east-1', t: '7d' });

    expect(scope.regions).toEqual(['eu-west-1', 'us-east-1']);
    expect(formatSearch(formatScope(scope))).toBe('?region=eu-west-1,us-east-1&t=7d');
  });

  it('keeps months and stretches of days as they are written', () => {
    for (const t of ['month:2026-10', '2026-11-01..2026-11-20'] as const) {
      expect(parseScope({ t }).time).toBe(t);
      expect(formatSearch(formatScope(parseScope({ t })))).toBe(`?t=${t}`);
    }
    expect(parseScope({ t: '2026-11-20..2026-11-01' }).time).toBe('90d');
  });

  it('names units among the accounts, and a stored set under a key of its own', () => {
    const address = '?scope=s_8f2c1a03b7d4e596&acct=111122223333,ou:production/commerce';
    const scope = parseScope(readSearch(Object.fromEntries(new URLSearchParams(address))));

    expect(scope.accounts).toEqual(['111122223333', 'ou:production/commerce', 's_8f2c1a03b7d4e596']);
    expect(decodeURIComponent(formatSearch(formatScope(scope)))).toBe(address);
  });

  it('keeps commas and signs of percent in names', () => {
    const scope = { ...WHOLE_ESTATE, accounts: ['ou:a, b 100%', 'ou:%2C'], environments: ['x,y'] };
    const record = Object.fromEntries(new URLSearchParams(formatSearch(formatScope(scope))));

    expect(parseScope(readSearch(record))).toEqual({ ...scope, accounts: scope.accounts.toSorted() });
  });

  it('what is no set is none, whatever key it stands under', () => {
    expect(parseScope({ scope: 'ou:production,111122223333,s_x' }).accounts).toEqual([]);
  });

  it('an unknown period is the default one', () => {
    expect(parseScope({ t: 'for-ever' }).time).toBe('90d');
  });
});
