import { expect, it } from 'vitest';
import { exposureAddress, parseExposureSearch } from './search-params.ts';

it('an address says what is shown, and back', () => {
  const search = { from: 'neighbour', port: 'NET-20-25-TCP-NEIGHBOUR', path: 'a'.repeat(32) } as const;
  const address = exposureAddress({ acct: '111122223333' }, search);
  const record = Object.fromEntries(new URL(address, 'http://localhost').searchParams);
  expect(parseExposureSearch(record)).toMatchObject(search);
  expect(exposureAddress({}, { from: 'internet', port: null })).toBe('/exposure');
});

it('a change is tried anywhere, at a place, or on a group of it', () => {
  const tried = { accountId: '111122223333', region: 'eu-west-1', groupId: 'sg-1' };
  for (const place of [tried, { ...tried, groupId: '' }, { accountId: '', region: '', groupId: '' }]) {
    const address = exposureAddress({}, { tried: place });
    const record = Object.fromEntries(new URL(address, 'http://localhost').searchParams);
    expect(parseExposureSearch(record).tried).toEqual(place);
  }
  expect(parseExposureSearch({}).tried).toBeNull();
});

it('what no port and no finding is named is left out', () => {
  expect(parseExposureSearch({ port: "NET-22'; drop", path: '../x', from: 'moon' })).toMatchObject({
    from: 'internet',
    port: null,
    path: null,
  });
});
