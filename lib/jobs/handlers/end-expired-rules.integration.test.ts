import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInForce } from '../../core/findings/suppression.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { SuppressionRule } from '../../core/model/suppression.ts';
import { runOperation } from '../../operations/operation.ts';
import { applyRule } from '../../operations/suppression/apply-rule.ts';
import { approveSuppressionRule } from '../../operations/suppression/approve-suppression-rule.ts';
import { endSuppressionRule } from '../../operations/suppression/end-suppression-rule.ts';
import { fillFindings } from '../../testing/fill-findings.ts';
import { openRuleFixture, type RuleFixture } from '../../testing/rule-fixture.ts';
import { addResource, observationOf, reportFindings } from '../../testing/store-fixture.ts';
import type { JobContext } from '../contracts.ts';
import { askForDecisions } from '../schedule.ts';
import { applySuppressionHandler } from './apply-suppression.ts';
import { endExpiredRulesHandler } from './end-expired-rules.ts';

let fixture: RuleFixture;

beforeEach(async () => {
  fixture = await openRuleFixture();
});

afterEach(() => fixture?.close());

function context(signal: AbortSignal = new AbortController().signal, onProgress = () => undefined): JobContext {
  return {
    id: '00000000-0000-4000-8000-000000000000' as JobContext['id'],
    signal,
    progress: async () => onProgress(),
    log: async () => undefined,
  };
}

const endExpired = () => endExpiredRulesHandler({ dependencies: fixture.deps }).run({}, context());

async function query<Row>(text: string, values: unknown[] = []): Promise<readonly Row[]> {
  return (await fixture.database.pool.query(text, values)).rows as Row[];
}

describe('the day of a rule', () => {
  let host: ResourceId;
  let sam: Caller;

  beforeEach(async () => {
    host = await addResource(fixture.stores, 'i-1');
    sam = await fixture.person('sam', 'security');
    await reportFindings(fixture.stores, host, [observationOf(host, 'CVE-1', { severity: 'LOW' })]);
  });

  it('begins and ends what it hides, and is asked for only when it has come', async () => {
    await fixture.write(sam, 'later', 'severity:low', { startsAt: fixture.inDays(2), endsAt: fixture.inDays(5) });
    const asked = [await askForDecisions(fixture.deps)];
    const standings = [await fixture.standing()];
    for (const days of [2, 3]) {
      fixture.passDays(days);
      asked.push(await askForDecisions(fixture.deps));
      await endExpired();
      standings.push(await fixture.standing());
    }
    asked.push(await askForDecisions(fixture.deps));

    expect(asked).toEqual([false, true, true, false]);
    expect(standings).toEqual([['CVE-1 ACTIVE'], ['CVE-1 SUPPRESSED'], ['CVE-1 ACTIVE']]);
    expect(await query('select state, in_force, end_reason from suppression_rule')).toEqual([
      { state: 'ended', in_force: false, end_reason: 'Its end has come.' },
    ]);
    expect(await query("select action from activity where actor = 'harrier' order by id")).toEqual([
      { action: 'suppression-rule-began' },
      { action: 'suppression-rule-ended' },
    ]);
  });

  it('ends a proposal that nobody approved', async () => {
    const lead = await fixture.person('leo', 'lead');
    await fixture.write(lead, 'proposal', 'severity:low');
    fixture.passDays(31);
    await endExpired();

    expect(await query('select state, end_reason from suppression_rule')).toEqual([
      { state: 'ended', end_reason: 'Nobody approved it before its end.' },
    ]);
  });

  it('a second run changes nothing', async () => {
    await fixture.write(sam, 'low-noise', 'severity:low');
    fixture.passDays(31);
    await endExpired();
    const [before] = await query<{ version: number; events: number }>(
      'select version, (select count(*)::int from finding_event) as events from finding',
    );
    await endExpired();

    expect(await query('select version, (select count(*)::int from finding_event) as events from finding')).toEqual([
      before,
    ]);
  });

  it('what changes without any finding being written is found within the hour: tags, and ages', async () => {
    await fixture.write(sam, 'old-ones', 'first:>10d');
    const young = await fixture.standing();
    fixture.passDays(10);
    const asked = await askForDecisions(fixture.deps);
    await endExpired();

    expect(young).toEqual(['CVE-1 ACTIVE']);
    expect(asked).toBe(true);
    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED']);
  });

  it('acceptances and snoozes end on their day, and the finding stands as its rules say', async () => {
    await reportFindings(fixture.stores, host, [
      observationOf(host, 'CVE-1', { severity: 'LOW' }),
      observationOf(host, 'CVE-2'),
      observationOf(host, 'CVE-3'),
    ]);
    await fixture.write(sam, 'low-noise', 'severity:low');
    const until = fixture.inDays(3);
    await query(
      "update finding set team_status = 'accepted', status = 'SUPPRESSED', accepted_until = $1 where vulnerability_id <> 'CVE-3'",
      [until],
    );
    await query("update finding set snoozed_until = $1 where vulnerability_id = 'CVE-3'", [until]);
    await endExpired();
    const early = await query('select team_status from finding order by vulnerability_id');
    fixture.passDays(3);
    await endExpired();

    expect(early.map((row) => row)).toEqual(['accepted', 'accepted', 'open'].map((team_status) => ({ team_status })));
    expect(
      await query(
        'select vulnerability_id as id, team_status, status, snoozed_until from finding order by vulnerability_id',
      ),
    ).toEqual([
      { id: 'CVE-1', team_status: 'open', status: 'SUPPRESSED', snoozed_until: null },
      { id: 'CVE-2', team_status: 'open', status: 'ACTIVE', snoozed_until: null },
      { id: 'CVE-3', team_status: 'open', status: 'ACTIVE', snoozed_until: null },
    ]);
    expect(
      await query(
        "select kind from finding_event where actor = 'harrier' and kind in ('status', 'snooze') order by id",
      ),
    ).toEqual([{ kind: 'status' }, { kind: 'status' }, { kind: 'snooze' }]);
    const counted = await fixture.counts();
    expect(counted.kept).toEqual(counted.anew);
  });
});

describe('a rule that hides many findings', () => {
  const ACCOUNT = 'account:100000000001';
  const hidden = async () =>
    (await query<{ n: number }>("select count(*)::int as n from finding where status = 'SUPPRESSED'"))[0]?.n;

  it('is applied by a job, which goes on after it was cancelled and gives everything back when the rule ends', async () => {
    const { pool } = fixture.database;
    await fillFindings(pool, { findings: 40_000, accounts: 6, resources: 600, at: fixture.now() });
    const sam = await fixture.person('sam', 'security');
    const ada = await fixture.person('ada', 'admin');
    const apply = applySuppressionHandler({ dependencies: fixture.deps });

    const { id } = await fixture.write(sam, 'one-account', ACCOUNT);
    const made = await runOperation(approveSuppressionRule, fixture.deps, ada, { id });
    const atOnce = await hidden();
    const stop = new AbortController();
    let batches = 0;
    const cancelled = apply.run(
      { ruleId: id },
      context(stop.signal, () => {
        batches += 1;
        if (batches === 2) stop.abort();
      }),
    );
    await expect(cancelled).rejects.toThrow();
    const half = await hidden();
    await apply.run({ ruleId: id }, context());
    const all = await hidden();
    const again = await apply.run({ ruleId: id }, context());
    const counted = await fixture.counts();
    const ended = await runOperation(endSuppressionRule, fixture.deps, sam, { id: id, reason: 'Enough.' });
    await apply.run({ ruleId: id }, context());

    const [wanted] = await query<{ n: number }>(
      "select count(*)::int as n from finding where account_id = '100000000001' and status <> 'CLOSED'",
    );
    expect(made).toMatchObject({ state: 'active', changed: 0, jobId: expect.any(String) });
    expect([atOnce, half, all]).toEqual([0, 5_000, wanted?.n]);
    expect(again.message).toMatch(/^0 findings/);
    expect(counted.kept).toEqual(counted.anew);
    expect(ended.jobId).not.toBeNull();
    expect(await hidden()).toBe(0);
  });
});

describe('over any history of rules and findings', () => {
  interface Fact {
    readonly id: string;
    readonly severity: string;
    readonly kev: boolean;
    readonly fix: string;
    readonly pkg: string;
    readonly account: string;
    readonly closed: boolean;
    readonly status: string;
    readonly rule: string | null;
  }

  const QUERIES: Readonly<Record<string, (fact: Fact) => boolean>> = {
    'severity:low': ({ severity }) => severity === 'LOW',
    'severity:low,critical': ({ severity }) => severity === 'LOW' || severity === 'CRITICAL',
    'package:curl': ({ pkg }) => pkg === 'curl',
    'fix:no': ({ fix }) => fix === 'no',
    '-fix:no package:curl': ({ fix, pkg }) => fix !== 'no' && pkg === 'curl',
    'exploit:kev': ({ kev }) => kev,
    'account:444455556666': ({ account }) => account === '444455556666',
  };

  const step = fc.oneof(
    fc.record({
      kind: fc.constant('report' as const),
      host: fc.nat(2),
      seen: fc.array(
        fc.record({
          id: fc.nat(5),
          severity: fc.constantFrom('LOW' as const, 'HIGH' as const, 'CRITICAL' as const),
          kev: fc.boolean(),
          fixedVersion: fc.constantFrom('9', null),
          packageName: fc.constantFrom('curl', 'openssl'),
        }),
        { maxLength: 6 },
      ),
    }),
    fc.record({
      kind: fc.constant('rule' as const),
      query: fc.constantFrom(...Object.keys(QUERIES)),
      two: fc.boolean(),
      account: fc.constantFrom('111122223333', null),
      from: fc.nat(2),
      days: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ kind: fc.constant('end' as const), which: fc.nat(4) }),
    fc.record({ kind: fc.constant('day' as const) }),
  );

  it('findings stand as the rules in force say, and without rules as if there had never been any', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        await query('truncate suppression_rule cascade');
        const hosts = await Promise.all(
          ['111122223333', '444455556666', '444455556666'].map((accountId, n) =>
            addResource(fixture.stores, `i-${n}`, { accountId }),
          ),
        );
        for (const one of steps) {
          await take(one, hosts);
          await expectJudged();
        }
        for (const { id } of await query<{ id: string }>(
          "select id::text as id from suppression_rule where state <> 'ended'",
        )) {
          await endRule(id);
        }
        const facts = await readFacts();
        expect(facts.filter(({ rule }) => rule !== null)).toEqual([]);
        expect(facts.filter(({ status, closed }) => status !== (closed ? 'CLOSED' : 'ACTIVE'))).toEqual([]);
        const counted = await fixture.counts();
        expect(counted.kept).toEqual(counted.anew);
      }),
      { numRuns: 30, seed: 17 },
    );
  }, 240_000);

  async function take(one: typeof step extends fc.Arbitrary<infer T> ? T : never, hosts: readonly ResourceId[]) {
    switch (one.kind) {
      case 'report': {
        fixture.passDays(0.01);
        const host = hosts[one.host] as ResourceId;
        const seen = [...new Map(one.seen.map((fact) => [fact.id, fact])).values()];
        const observations = seen.map(({ id, ...facts }) => observationOf(host, `CVE-${id}`, facts));
        await reportFindings(fixture.stores, host, observations, { at: fixture.now() });
        return;
      }
      case 'rule':
        await addRule(one);
        return;
      case 'end': {
        const open = await query<{ id: string }>(
          "select id::text as id from suppression_rule where state <> 'ended' order by id",
        );
        const chosen = open[one.which % Math.max(1, open.length)];
        if (chosen !== undefined) await endRule(chosen.id);
        return;
      }
      case 'day':
        fixture.passDays(1);
        await endExpired();
    }
  }

  let names = 0;

  /** As the operations write it, without their bound on broad rules, which a small estate would always meet. */
  async function addRule(one: { query: string; two: boolean; account: string | null; from: number; days: number }) {
    const now = fixture.now();
    names += 1;
    const people = one.two ? ['sam', 'ada'] : ['sam'];
    const rule: Omit<SuppressionRule, 'id'> = {
      name: `rule-${names}`,
      query: one.query,
      origin: 'person',
      reason: 'A test.',
      owner: 'sam',
      createdBy: 'sam',
      createdAt: now,
      startsAt: fixture.inDays(one.from),
      endsAt: fixture.inDays(one.from + one.days),
      state: 'active',
      accounts: one.account === null ? null : [one.account],
      approvals: people.map((userId) => ({ userId, name: userId, at: now, writes: true })),
      knownExploited: [],
      inForce: false,
      revision: 0,
      appliedAt: null,
      lastMatchedAt: null,
      endedAt: null,
      endedBy: null,
      endReason: null,
      proposedEnd: null,
    };
    await fixture.deps.atomically(async (tx) => {
      await tx.suppression.lockRules();
      const inForce = isInForce({ ...rule, id: '' }, now);
      const id = await tx.suppression.add({ ...rule, inForce });
      if (inForce) await applyRule(tx, { id, requestedBy: 'sam' }, null);
    });
  }

  async function endRule(id: string) {
    const by = {
      userId: 'sam',
      name: 'sam',
      email: 'sam@example.com',
      role: 'admin',
      accounts: null,
      sessionId: '',
    } as const;
    await runOperation(endSuppressionRule, fixture.deps, by, { id, reason: 'Enough.' });
  }

  async function readFacts(): Promise<readonly Fact[]> {
    return query<Fact>(
      `select id::text as id, severity, kev, fix_available as fix, package_name as pkg, account_id as account,
         closed_at is not null as closed, status, suppressed_by::text as rule from finding order by id`,
    );
  }

  /** Every finding against every rule, from scratch. */
  async function expectJudged() {
    const rules = await query<{ id: string; query: string; accounts: string[] | null; approvals: unknown[] }>(
      'select id::text as id, query, accounts, approvals from suppression_rule where in_force order by suppression_rule.id',
    );
    const facts = await readFacts();
    const meant = facts.map((fact) => {
      const first = rules.find(
        ({ query: text, accounts, approvals }) =>
          !fact.closed &&
          (accounts === null || accounts.includes(fact.account)) &&
          (approvals.length > 1 || (!fact.kev && fact.severity !== 'CRITICAL')) &&
          QUERIES[text]?.(fact),
      );
      const open = first === undefined ? 'ACTIVE' : 'SUPPRESSED';
      return { ...fact, rule: first?.id ?? null, status: fact.closed ? 'CLOSED' : open };
    });
    expect(facts).toEqual(meant);
  }
});
