import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOON, openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { createRegistryCredentialStore } from './registry-credential-store.ts';
import { sqlOfPool } from './sql.ts';

const SECRET = 'a secret of this installation, long enough';
const given = { host: 'registry.example.com', username: 'ines', password: 'correct horse' };

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreFixture();
});
afterAll(() => fixture?.close());

function storeUnder(secret: string | null) {
  return createRegistryCredentialStore(sqlOfPool(fixture.database.pool), secret);
}

it('a password goes in, opens for a pull, and is in no list and no row as text', async () => {
  const store = storeUnder(SECRET);
  await store.save(given, 'ines@example.com', NOON);

  const list = await store.list();
  const { rows } = await fixture.database.pool.query('select * from registry_credential');

  expect(await store.open(given.host)).toEqual({ username: 'ines', password: 'correct horse' });
  expect(list).toEqual([{ host: given.host, username: 'ines', updatedBy: 'ines@example.com', updatedAt: NOON }]);
  expect(JSON.stringify(rows.map((row) => ({ ...row, sealed: row.sealed.toString('latin1') })))).not.toContain(
    'correct',
  );
});

it('the later one of a host counts, and what is removed is gone', async () => {
  const store = storeUnder(SECRET);
  await store.save({ ...given, password: 'another' }, 'max@example.com', NOON);

  expect((await store.open(given.host))?.password).toBe('another');
  expect(await store.remove(given.host)).toBe(true);
  expect(await store.remove(given.host)).toBe(false);
  expect(await store.open(given.host)).toBeNull();
});

it('under another secret it says what to do, and without one nothing is kept', async () => {
  await storeUnder(SECRET).save(given, 'ines@example.com', NOON);

  await expect(storeUnder('another secret, also long enough to be one').open(given.host)).rejects.toThrow(
    'Enter it again under Settings, Registries.',
  );
  await expect(storeUnder(null).save(given, 'ines@example.com', NOON)).rejects.toThrow('has no secret yet');
});

it('a sealed password is of no use in the row of another host', async () => {
  const store = storeUnder(SECRET);
  await store.save(given, 'ines@example.com', NOON);
  await store.save({ ...given, host: 'evil.example.com' }, 'ines@example.com', NOON);
  await fixture.database.pool.query(
    `update registry_credential set sealed = (select sealed from registry_credential where host = $1) where host = $2`,
    [given.host, 'evil.example.com'],
  );

  await expect(store.open('evil.example.com')).rejects.toThrow('cannot be read');
});
