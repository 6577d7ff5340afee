import { describe, expect, it } from 'vitest';
import { parseRuleSearch } from './search-params.ts';

describe('the address of the rules', () => {
  it.each([
    [{}, { tab: 'active', selected: null, draft: null }],
    [
      { tab: 'vex', sel: '7' },
      { tab: 'vex', selected: '7', draft: null },
    ],
    [{ tab: 'nonsense' }, { tab: 'active', selected: null, draft: null }],
    [{ q: 'env:dev' }, { tab: 'active', selected: null, draft: null }],
    [{ new: '1' }, { tab: 'active', selected: null, draft: '' }],
    [
      { new: '1', sel: '7', q: 'severity:low' },
      { selected: null, draft: 'severity:low' },
    ],
    [
      { new: '0', sel: '7', q: 'severity:low' },
      { selected: '7', draft: null },
    ],
  ])('%j is %j', (record, search) => {
    expect(parseRuleSearch(record)).toMatchObject(search);
  });
});
