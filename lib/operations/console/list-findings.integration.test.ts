import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchesQuery } from '../../core/findings/query/matches-query.ts';
import { parseQuery } from '../../core/findings/query/parse-query.ts';
import type { Caller } from '../../core/model/permissions.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { FindingCriteria } from '../../core/model/views.ts';
import { randomEstate, storeFacts } from '../../testing/query-estate.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { DEFAULT_CRITERIA } from '../../testing/whole-estate.ts';
import { runOperation } from '../operation.ts';
import { listFindings } from './list-findings.ts';

const { facts } = randomEstate(3, 120, NOON);
const ALL: FindingCriteria = { ...DEFAULT_CRITERIA, statuses: [] };
const mara: Caller = {
  userId: 'u-mara',
  name: 'Mara',
  email: 'm@example.com',
  role: 'lead',
  accounts: null,
  sessionId: 's',
};
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  await storeFacts(fixture.database.pool, facts);
});

afterAll(() => fixture?.close());

async function listed(query: string, criteria = ALL): Promise<readonly string[]> {
  const deps = storeDependencies(fixture, () => NOON);
  const input = { scope: WHOLE_ESTATE, criteria, query, cursor: null, limit: 200 };
  const page = await runOperation(listFindings, deps, mara, input);
  expect(page.matching).toEqual({ count: page.rows.length, exact: true });
  return page.rows.map((row) => row.id).sort();
}

function meant(query: string): readonly string[] {
  const parsed = parseQuery(query).query;
  return facts
    .filter((one) => matchesQuery(parsed, one, NOON))
    .map((one) => one.arn.slice(-32))
    .sort();
}

describe('the list of findings with a query', () => {
  it.each([
    '',
    'is:open',
    'is:open severity:critical,high',
    '-is:fixed kind:ec2,lambda',
    'is:overdue',
    'is:open is:fixed',
    'type:cis',
    'score:>=5 -exploit:none package:openssl,libssl3',
    'account:Payments tag.Env:prod',
    'log4 is:open',
    'first:<30d team:none',
  ])('%s', async (query) => {
    expect(await listed(query)).toEqual(meant(query));
  });

  it('holds besides the criteria', async () => {
    const expected = meant('is:open score:>=5 fix:yes,partial');

    expect(await listed('score:>=5', { ...DEFAULT_CRITERIA, fixAvailable: true })).toEqual(expected);
  });

  it('me is who asks', async () => {
    expect(await listed('owner:me')).toEqual(meant('owner:u-mara'));
    expect(meant('owner:u-mara').length).toBeGreaterThan(0);
  });

  it('each wrong part is told by its place', async () => {
    await expect(listed('is:open score:high -colour:red')).rejects.toMatchObject({
      code: 'invalid-input',
      fields: {
        'query.8-18': 'Score takes a number from 0 to 10, such as >=9 or a range.',
        'query.19-30': 'There is no key "colour". Put it in quotes to search for it as text.',
      },
    });
  });
});
