import { expect, it } from 'vitest';
import { parseResourceSearch, resourceAddress } from './search-params.ts';

it.each([
  {},
  { tab: 'scans' },
  { type: 'npm', has: 'findings' },
  { cursor: 'abc', type: 'debian' },
  { q: 'open ssl' },
  { tab: 'compare', from: '3', to: '9' },
])('%o is written as it is read', (record) => {
  const search = parseResourceSearch(record);
  const address = resourceAddress('image:a/b:1', search);

  expect(parseResourceSearch(Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? '')))).toEqual(search);
  expect(address).toMatch(/^\/resources\/image%3Aa%2Fb%3A1/);
});

it('what it does not know is the first tab', () => {
  expect(parseResourceSearch({ tab: 'x', has: 'y' })).toEqual({
    tab: 'packages',
    cursor: null,
    type: null,
    withFindings: false,
    query: '',
    from: null,
    to: null,
  });
});
