import { describe, expect, it } from 'vitest';
import { costAddress, costFileAddress, parseCostSearch } from './search-params.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const read = (address: string) =>
  parseCostSearch(Object.fromEntries(new URL(address, 'http://localhost').searchParams), NOW);

describe('the address of the page of cost', () => {
  it('is the present month by the built-in book when it says nothing', () => {
    expect(read('/cost')).toMatchObject({
      ask: { month: '2026-11', book: 'built-in', trial: false },
      allAccounts: false,
    });
  });

  it.each([
    ['month:2026-10', '2026-10'],
    ['2026-08-05..2026-09-10', '2026-09'],
    ['7d', '2026-11'],
    ['month:2027-05', '2026-11'],
    ['month:2026-13', '2026-11'],
  ])('with the time %s is of %s', (time, month) => {
    expect(read(`/cost?t=${time}`).ask.month).toBe(month);
  });

  it('falls back where it cannot be read', () => {
    expect(read('/cost?book=mine&trial=yes&tab=x').ask).toMatchObject({ book: 'built-in', trial: false });
  });

  it('is read as it was written', () => {
    const search = read('/cost?acct=111122223333&t=month:2026-10&tab=accounts&book=list&trial=1');

    expect(costAddress(search)).toBe('/cost?acct=111122223333&t=month:2026-10&tab=accounts&book=list&trial=1');
    expect(costAddress(search, { book: 'built-in', trial: false, allAccounts: false, scope: { env: 'prod' } })).toBe(
      '/cost?acct=111122223333&env=prod&t=month:2026-10',
    );
    expect(costFileAddress(search)).toBe('/api/cost?acct=111122223333&t=month:2026-10&book=list&trial=1');
    expect(read(costAddress(search))).toEqual(search);
  });
});
