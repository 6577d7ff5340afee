import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatQuery } from '../../core/findings/query/format-query.ts';
import { matchesQuery } from '../../core/findings/query/matches-query.ts';
import { parseQuery } from '../../core/findings/query/parse-query.ts';
import { QUERY_KEYS } from '../../core/findings/query/query-fields.ts';
import type { FindingQuery, QueryField } from '../../core/model/finding-query.ts';
import { anyQuery, anyTerm, awkwardText } from '../../testing/query-arbitraries.ts';
import { randomEstate, storeFacts } from '../../testing/query-estate.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { sqlOfPool } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { NOT_STORED, queryConditions, resolveQuery } from './query-conditions.ts';

/** In the middle of the dates that queries are drawn from. */
const NOW = new Date('2025-12-20T12:00:00.000Z');
const estate = randomEstate(7, 300, NOW);
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  await storeFacts(fixture.database.pool, estate.facts);
});

afterAll(() => fixture?.close());

async function found(query: FindingQuery): Promise<readonly string[]> {
  const sql = sqlOfPool(fixture.database.pool);
  const values = parameters();
  const conditions = queryConditions(await resolveQuery(sql, query), values, NOW);
  const rows = await sql.query<{ key: string }>(
    `select encode(uuid_send(f.key), 'hex') as key from finding f where ${all(conditions)} order by f.key`,
    values.values,
  );
  return rows.map(({ key }) => key);
}

function meant(query: FindingQuery): readonly string[] {
  return estate.facts
    .filter((one) => matchesQuery(query, one, NOW))
    .map((one) => one.arn.slice(-32))
    .sort();
}

function textOf(field: QueryField): fc.Arbitrary<string> {
  const known = estate.textsOf(field).filter((text) => text !== '');
  return known.length === 0 ? awkwardText : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, awkwardText);
}

describe('what the database finds for a query is what the query means', () => {
  it('every finding was stored', async () => {
    expect(await found({ terms: [] })).toHaveLength(300);
  });

  it.each(QUERY_KEYS)('%s', async (key) => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(anyTerm(textOf, [key]), async (term) => {
        const query = { terms: [term] };
        const keys = await found(query);
        expect(keys, formatQuery(query)).toEqual(meant(query));
        hits += keys.length > 0 && keys.length < 300 ? 1 : 0;
      }),
      { numRuns: 60, seed: 11 },
    );
    if (!Object.hasOwn(NOT_STORED, key)) expect(hits).toBeGreaterThan(0);
  });

  it('words, and terms joined at random', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyTerm(textOf, ['words']).map((term) => ({ terms: [term] })),
          anyQuery(textOf, 3),
        ),
        async (query) => {
          expect(await found(query), formatQuery(query)).toEqual(meant(query));
        },
      ),
      { numRuns: 400, seed: 5 },
    );
  });

  it('where the names are many each finding is asked', async () => {
    await fixture.database.pool.query(
      `insert into vulnerability (id, title, description, severity, content_hash, updated_at)
       select 'CVE-2021-9' || n, '', '', 'HIGH', '', now() from generate_series(1, 5100) as n on conflict do nothing`,
    );
    const { query } = parseQuery('cve:CVE-2021*');

    const [term] = await resolveQuery(sqlOfPool(fixture.database.pool), query);

    expect(term?.names.map((one) => one.found)).toEqual([null]);
    expect(await found(query)).toEqual(meant(query));
    expect(meant(query).length).toBeGreaterThan(0);
  });
});
