import { expect, it } from 'vitest';
import { exposureAddress, parseExposureSearch } from './search-params.ts';

it('an address says what is shown, and back', () => {
  const search = { from: 'neighbour', port: 'NET-20-25-TCP-NEIGHBOUR', path: 'a'.repeat(32) } as const;
  const address = exposureAddress({ acct: '111122223333' }, search);
  const record = Object.fromEntries(new URL(address, 'http://localhost').searchParams);
  expect(parseExposureSearch(record)).toMatchObject(search);
  expect(exposureAddress({}, { from: 'internet', port: null })).toBe('/exposure');
});

it('what no port and no finding is named is left out', () => {
  expect(parseExposureSearch({ port: "NET-22'; drop", path: '../x', from: 'moon' })).toMatchObject({
    from: 'internet',
    port: null,
    path: null,
  });
});
