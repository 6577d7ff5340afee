import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';

const OURS = '111111111111';
const THEIRS = '222222222222';

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  const ours = await addResource(fixture.stores, 'host-ours', { accountId: OURS });
  const theirs = await addResource(fixture.stores, 'host-theirs', { accountId: THEIRS });
  await reportFindings(fixture.stores, ours, [observationOf(ours, 'CVE-2026-1')]);
  await reportFindings(fixture.stores, theirs, [
    observationOf(theirs, 'CVE-2026-1'),
    observationOf(theirs, 'CVE-2026-2', { packageName: 'hidden-package' }),
  ]);
});

afterAll(() => fixture?.close());

describe('a vulnerability and the values of the filter bar', () => {
  const readerOf = (accounts: readonly string[] | null) => ({ ...EVERYTHING, accounts });

  it('are told within the accounts of the reader', async () => {
    const { reads } = fixture.stores;
    const all = await reads.blastRadius(readerOf(null), 'CVE-2026-1', NOON);
    const own = await reads.blastRadius(readerOf([OURS]), 'CVE-2026-1', NOON);
    const none = await reads.blastRadius(readerOf([]), 'CVE-2026-1', NOON);

    expect([all.open, all.accounts, all.byAccount.length]).toEqual([2, 2, 2]);
    expect([own.open, own.accounts, own.byAccount.map(({ id }) => id)]).toEqual([1, 1, [OURS]]);
    expect([none.open, none.packages, none.firstSeenAt]).toEqual([0, [], null]);
    expect(all.packages).toMatchObject([{ name: 'openssl', version: '3.0.11', fixedVersion: '3.0.13', open: 2 }]);
    expect(all.days.at(-1)?.open).toBe(2);
  });

  it.each([
    ['packages', 'hidden', 'hidden-package'],
    ['vulnerabilities', '2026-2', 'CVE-2026-2'],
    ['resources', 'theirs', 'host-theirs'],
    ['accounts', '2222', THEIRS],
  ] as const)('no %s of other accounts', async (source, typed, value) => {
    const { reads } = fixture.stores;
    await fixture.database.pool.query('select finding_delta_fold($1::timestamptz)', [NOON]);
    const found = async (accounts: readonly string[] | null) =>
      (await reads.queryValues(readerOf(accounts), source, typed, 10)).map((one) => one.value);

    expect(await found(null)).toEqual([value]);
    expect(await found([OURS])).toEqual([]);
  });
});
