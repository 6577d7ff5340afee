import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchesTarget, type TargetSubject } from '../../core/coverage/target-rule.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { TargetRule } from '../../core/model/scan-target.ts';
import { askForSchedules } from '../../jobs/schedule.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { accountOf, NOON, openStoreFixture, resourceOf, type StoreFixture } from '../../testing/store-fixture.ts';
import { all, parameters } from '../queries/parameters.ts';
import { sqlOfPool } from '../sql.ts';
import { targetCondition } from './target-sql.ts';

let fixture: StoreFixture;
const units: Readonly<Record<string, string>> = {
  '111111111111': 'prod/edge',
  '222222222222': 'Prod',
  '333333333333': '',
};
const kinds = ['ec2', 'ecr', 'lambda', 'host'] as const;
const texts = ['web', 'Web-1', 'a_b', '100%', 'x\\y', '*', ''];
const subjects: readonly (TargetSubject & { readonly resource: Resource })[] = Object.entries(units).flatMap(
  ([accountId, organizationalUnit]) =>
    kinds.flatMap((kind, k) =>
      texts.map((text, t) => {
        const resource = resourceOf(`${accountId}-${kind}-${t}`, {
          accountId,
          kind,
          name: text || 'none',
          region: t % 2 === 0 ? 'eu-west-1' : 'us-east-1',
          environment: t % 3 === 0 ? null : 'prod',
          tags: t % 2 === k % 2 ? { Owner: text, 'a b': 'x' } : {},
        });
        return { ...resource, organizationalUnit, repository: kind === 'ecr' ? `team/${text}` : null, resource };
      }),
    ),
);

beforeAll(async () => {
  fixture = await openStoreFixture();
  await fixture.stores.resources.upsertAccounts(
    Object.entries(units).map(([id, organizationalUnit]) => accountOf(id, { organizationalUnit })),
    NOON,
  );
  await fixture.stores.resources.upsert(
    subjects.map(({ resource }) => resource),
    NOON,
  );
  await fixture.database.pool.query(
    `update resource set cloud = jsonb_build_object('kind', 'ecr', 'repository', 'team/' || case when name = 'none' then '' else name end)
     where kind = 'ecr'`,
  );
});

afterAll(() => fixture.close());

const value = fc.constantFrom('web', 'WEB*', '*', 'a_b', 'a?b', '100%', 'x\\y', 'team/*', '*e*', 'prod', 'eu-*', '');
const term: fc.Arbitrary<TargetRule> = fc.oneof(
  fc.record({
    is: fc.constant('term' as const),
    key: fc.constantFrom('kind', 'account', 'ou', 'region', 'env', 'name', 'repo', 'function'),
    name: fc.constant(''),
    value: fc.oneof(value, fc.constantFrom(...kinds, ...Object.keys(units), 'prod/edge', 'PROD')),
  }),
  fc.record({
    is: fc.constant('term' as const),
    key: fc.constant('tag' as const),
    name: fc.constantFrom('Owner', 'owner', 'a b', 'None'),
    value: fc.option(value),
  }),
);
const { rule } = fc.letrec<{ rule: TargetRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    term,
    fc.record({ is: fc.constantFrom('all', 'any'), of: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ is: fc.constant('not' as const), of: tie('rule') }),
  ),
}));

describe('a rule in SQL', () => {
  it('names the very resources that it names in the core', async () => {
    const sql = sqlOfPool(fixture.database.pool);
    await fc.assert(
      fc.asyncProperty(rule, async (one) => {
        const values = parameters();
        const found = await sql.query<{ key: string }>(
          `select r.key from resource r join account a on a.id = r.account_id where ${all([targetCondition(one, values)])} order by 1`,
          values.values,
        );
        const expected = subjects.filter((subject) => matchesTarget(one, subject)).map(({ resource }) => resource.id);
        expect(found.map(({ key }) => key).sort()).toEqual([...expected].sort());
      }),
      { numRuns: 300 },
    );
  });
});

describe('a schedule whose time has come', () => {
  it('makes its target due once, and sets the next time', async () => {
    let now = new Date('2026-11-28T02:59:00Z');
    const deps = storeDependencies(fixture, () => now);
    await fixture.database.pool.query(
      `insert into eligibility (resource_id, scan_type, state, fingerprint, since, due_at)
       select id, 'package', 'eligible', '', now(), 'infinity' from resource where kind = 'ec2'`,
    );
    const target = '0b2c1f0e-5b8c-4a35-9f4e-3f4a1f7a6c01';
    await deps.targets.saveTarget({
      id: target,
      name: 'Web',
      rule: 'kind:ec2 name:web*',
      updatedBy: 'test',
      updatedAt: now,
    });
    await deps.targets.saveSchedule({
      id: '0b2c1f0e-5b8c-4a35-9f4e-3f4a1f7a6c02',
      targetId: target,
      cron: '0 4 * * *',
      timeZone: 'Europe/Berlin',
      isOn: true,
      lastAt: null,
      nextAt: new Date('2026-11-28T03:00:00Z'),
    });

    expect(await askForSchedules(deps)).toBe(0);
    now = new Date('2026-11-28T03:00:00Z');
    const turns = await Promise.all([askForSchedules(deps), askForSchedules(deps)]);

    expect(turns.sort()).toEqual([0, 1]);
    const [schedule] = await deps.targets.schedules();
    expect(schedule).toMatchObject({ lastAt: now, nextAt: new Date('2026-11-29T03:00:00Z') });
    const { rows } = await fixture.database.pool.query(
      `select r.name, count(*)::int as n from eligibility e join resource r on r.id = e.resource_id where e.due_at <= $1 group by 1 order by r.name collate "C"`,
      [now],
    );
    expect(rows).toEqual([
      { name: 'Web-1', n: 3 },
      { name: 'web', n: 3 },
    ]);
  });
});

describe('a scan of some resources', () => {
  it('is of those that can be scanned and are seen by whoever asks', async () => {
    const at = new Date('2026-11-28T05:00:00Z');
    const of = async (state: string) =>
      (
        await fixture.database.pool.query<{ key: string; account_id: string }>(
          `select r.key, r.account_id from resource r join eligibility e on e.resource_id = r.id
           where e.state = $1 order by r.id`,
          [state],
        )
      ).rows;
    await fixture.database.pool.query(
      `update eligibility set state = 'off' where resource_id = (select min(resource_id) from eligibility)`,
    );
    const [eligible, off] = [await of('eligible'), await of('off')];
    const [one] = eligible;
    const asked = [...eligible.slice(0, 1), ...off].map(({ key }) => resourceId(key));

    expect(off).toHaveLength(1);
    expect(await fixture.stores.targets.askForResources(asked, null, at)).toBe(1);
    expect(await fixture.stores.targets.askForResources(asked, ['000000000000'], at)).toBe(0);
    const { rows } = await fixture.database.pool.query(
      'select r.key from resource r join eligibility e on e.resource_id = r.id where e.due_at = $1::timestamptz',
      [at],
    );
    expect(rows).toEqual([{ key: one?.key }]);
  });
});
