import { afterEach, beforeEach, expect, it } from 'vitest';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { openTriageFixture, type TriageFixture } from '../../testing/triage-fixture.ts';
import { runOperation } from '../operation.ts';
import { getAccountSet, storeAccountSet } from './account-set.ts';
import { countFindings } from './count-findings.ts';

let at: TriageFixture;
let readers = 0;

beforeEach(async () => {
  at = await openTriageFixture(400, 6);
  await at.fixture.database.pool.query(
    "update account set organizational_unit = (array['production', 'production/a', 'production-old', '%', 'staging', ''])[1 + (row - 1)] from (select id as own, row_number() over (order by id)::int as row from account) as numbered where id = own",
  );
});
afterEach(() => at?.close());

async function accounts(): Promise<readonly string[]> {
  const { rows } = await at.fixture.database.pool.query<{ id: string }>('select id from account order by id');
  return rows.map(({ id }) => id);
}

async function open(names: readonly string[], own: readonly string[] | null = null): Promise<number | undefined> {
  readers += 1;
  const caller = await at.person(`Reader ${readers}`, 'lead', own);
  const scope = { ...WHOLE_ESTATE, accounts: names };
  const [found] = await runOperation(countFindings, at.deps, caller, { scope, queries: ['is:open'] });
  return found?.count;
}

it('a unit counts its accounts and those of the units below it, and no other', async () => {
  const [one, two, three, four] = await accounts();

  expect(await open(['ou:production'])).toBe(await open([one ?? '', two ?? '']));
  expect(await open(['ou:production-old'])).toBe(await open([three ?? '']));
  expect(await open(['ou:%'])).toBe(await open([four ?? '']));
  expect(await open(['ou:nowhere'])).toBe(0);
  expect(await open(['ou:production'], [two ?? '', three ?? ''])).toBe(await open([two ?? '']));
});

it('a set is stored once, means the same for everybody within their rights, and says how many are left out', async () => {
  const all = await accounts();
  const [one = '', two = '', three = ''] = all;
  const ines = await at.person('Ines Kovar', 'security');
  const lead = await at.person('Lea Brandt', 'lead', [two]);
  const { id } = await runOperation(storeAccountSet, at.deps, ines, { accounts: [three, one, two] });
  const again = await runOperation(storeAccountSet, at.deps, ines, { accounts: [one, two, three, one] });

  expect(again.id).toBe(id);
  expect(id).toMatch(/^s_[0-9a-f]{16}$/);
  expect(await open([id])).toBe(await open([one, two, three]));
  expect(await open([id], [two])).toBe(await open([two]));
  expect(await runOperation(getAccountSet, at.deps, lead, { id })).toEqual({ accounts: [two], dropped: 2 });
});

it('nobody stores what they may not see, and a set that nobody stored is nothing and says so', async () => {
  const [one = '', two = ''] = await accounts();
  const lead = await at.person('Lea Brandt', 'lead', [two]);

  await expect(runOperation(storeAccountSet, at.deps, lead, { accounts: [one] })).rejects.toThrow('Pick others');
  const { id } = await runOperation(storeAccountSet, at.deps, lead, { accounts: [one, two] });
  expect(await at.deps.reads.accountSet(id)).toEqual([two]);
  expect(await open(['s_0000000000000000'])).toBe(0);
  await expect(runOperation(getAccountSet, at.deps, lead, { id: 's_0000000000000000' })).rejects.toMatchObject({
    code: 'not-found',
  });
});
