import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slaOf } from '../../core/findings/sla.ts';
import { DEFAULT_SLA_POLICY, type SlaPolicy, toSlaPolicy } from '../../core/findings/sla-policy.ts';
import type { MyWork, WorkItem } from '../../core/model/duty.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import { applyPolicyHandler } from '../../jobs/handlers/apply-policy.ts';
import { addResource, NOON, observationOf, reportFindings } from '../../testing/store-fixture.ts';
import { ACT_TIME, matching, openTriageFixture, picked, type TriageFixture } from '../../testing/triage-fixture.ts';
import { DEFAULT_CRITERIA } from '../../testing/whole-estate.ts';
import { listFindings } from '../console/list-findings.ts';
import { runOperation } from '../operation.ts';
import { createSuppressionRule } from '../suppression/create-suppression-rule.ts';
import { assignFindings } from '../triage/assign-findings.ts';
import { commentOnFindings } from '../triage/comment-on-findings.ts';
import { setFindingStatus } from '../triage/set-finding-status.ts';
import { snoozeFindings } from '../triage/snooze-findings.ts';
import { undoTriageAct } from '../triage/undo-triage-act.ts';
import { getMyDecisions } from './get-my-decisions.ts';
import { getMyWork } from './get-my-work.ts';
import { getTeamWork } from './get-team-work.ts';
import { setRoutingRules } from './routing-rules.ts';
import { setSlaPolicy } from './sla-policy.ts';

let at: TriageFixture;

beforeEach(async () => {
  at = await openTriageFixture(2_000);
});
afterEach(() => at?.close());

const DAY = 86_400_000;
const days = (n: number) => new Date(at.clock.now.getTime() + n * DAY);
const ACCEPT = { status: 'accepted', reason: 'Behind a proxy' } as const;

async function applyPolicy() {
  const context = {
    id: 'job' as never,
    signal: new AbortController().signal,
    progress: async () => undefined,
    log: async () => undefined,
  };
  return applyPolicyHandler({ dependencies: at.deps }).run({}, context);
}

async function overdue(): Promise<number> {
  return (await at.findings(`f.status = 'ACTIVE' and f.due_at < '${at.clock.now.toISOString()}'`)).length;
}

describe('an accepted risk', () => {
  it('stands still, and the time is added when somebody ends it', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const [one] = await at.findings("f.status = 'ACTIVE' and f.due_at is not null");
    const selection = picked(one ? [one] : []);
    await runOperation(setFindingStatus, at.deps, ines, { selection, ...ACCEPT, until: days(30) });
    at.clock.now = days(10);
    const accepted = await at.findings(`f.id = ${one?.row}`);
    expect(accepted[0]?.due_at).toEqual(one?.due_at);
    await runOperation(setFindingStatus, at.deps, ines, { selection: picked(accepted), status: 'open' });
    const [after] = await at.findings(`f.id = ${one?.row}`);
    expect(after).toMatchObject({ status: 'ACTIVE', paused_since: null, paused_ms: 10 * DAY, accepted_until: null });
    expect(after?.due_at?.getTime()).toBe((one?.due_at?.getTime() ?? 0) + 10 * DAY);
  });

  it('ends by itself on its day, and its clock runs on from there however late somebody looks', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const before = await at.findings("f.status = 'ACTIVE'");
    await runOperation(setFindingStatus, at.deps, ines, { selection: matching(), ...ACCEPT, until: days(5) });
    at.clock.now = new Date(ACT_TIME.getTime() + 4 * DAY);
    expect(await at.deps.suppression.endDecisions(10_000, at.clock.now)).toBe(0);
    at.clock.now = new Date(ACT_TIME.getTime() + 9 * DAY);
    expect(await at.deps.suppression.endDecisions(10_000, at.clock.now)).toBe(before.length);
    expect(await at.deps.suppression.endDecisions(10_000, at.clock.now)).toBe(0);
    const after = await at.findings("f.status = 'ACTIVE'");
    expect(after.map(({ row, due_at }) => [row, due_at])).toEqual(
      before.map(({ row, due_at }) => [row, due_at === null ? null : new Date(due_at.getTime() + 5 * DAY)]),
    );
    const counts = await at.counts();
    expect(counts.kept).toEqual(counts.anew);
  });

  it('undone, it never stood still', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const before = await at.findings("f.status = 'ACTIVE'");
    const { actId } = await runOperation(setFindingStatus, at.deps, ines, {
      selection: matching(),
      ...ACCEPT,
      until: days(5),
    });
    at.clock.now = new Date(ACT_TIME.getTime() + 300_000);
    await runOperation(undoTriageAct, at.deps, ines, { actId });
    const after = await at.findings("f.status = 'ACTIVE'");
    expect(after.map(({ row, due_at, paused_ms }) => [row, due_at, paused_ms])).toEqual(
      before.map(({ row, due_at, paused_ms }) => [row, due_at, paused_ms]),
    );
  });
});

describe('a finding that comes back', () => {
  it('has its clock anew, which stands still where the risk is still accepted', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const start = NOON.getTime() - 60 * DAY;
    at.clock.now = new Date(start + 3_600_000);
    const host = await addResource(at.fixture.stores, 'i-back');
    await at.fixture.database.pool.query("update resource set first_seen_at = '2026-01-01' where key = 'i-back'");
    const names = ['CVE-2026-1', 'CVE-2026-2'].map((name) => observationOf(host, name));
    const where = `f.resource_id = (select id from resource where key = 'i-back')`;
    const scan = (observations: typeof names, time: Date) =>
      reportFindings(at.fixture.stores, host, observations, { at: time });
    await scan(names, new Date(start));
    const rows = await at.findings(where);
    await runOperation(setFindingStatus, at.deps, ines, { selection: picked(rows), ...ACCEPT, until: days(60) });
    at.clock.now = new Date(start + 10 * DAY);
    const accepted = await at.findings(where);
    await runOperation(setFindingStatus, at.deps, ines, { selection: picked(accepted.slice(0, 1)), status: 'open' });
    expect((await at.findings(where))[0]?.paused_ms).toBeGreaterThan(9 * DAY);
    await scan([], new Date(start + 20 * DAY));
    const back = new Date(start + 30 * DAY);
    await scan(names, back);
    const due_at = new Date(back.getTime() + 30 * DAY);
    expect(await at.findings(where)).toMatchObject([
      { status: 'ACTIVE', paused_ms: 0, paused_since: null, due_at },
      { status: 'SUPPRESSED', paused_ms: 0, paused_since: back, due_at },
    ]);
  });
});

const policies = fc.record<SlaPolicy>({
  version: fc.constant('test'),
  mode: fc.constantFrom('severity', 'bod-26-04'),
  days: fc
    .tuple(fc.uniqueArray(fc.double({ min: 0.25, max: 400, noNaN: true }), { minLength: 5, maxLength: 5 }), fc.nat(5))
    .map(([given, known]) => {
      const rising = given.toSorted((a, b) => a - b).map((one, place) => (place < known ? one : null));
      const rated = SEVERITIES.filter((one) => one !== 'UNTRIAGED').map((one, place) => [one, rising[place] ?? null]);
      return { ...Object.fromEntries(rated), UNTRIAGED: known % 2 === 0 ? null : 9 } as SlaPolicy['days'];
    }),
  exposedDivisor: fc.constantFrom(1, 2, 3, 7),
  kevGraceDays: fc.option(fc.constantFrom(0, 3, 14)),
  settleHours: fc.constantFrom(0, 24, 500),
  fromFix: fc.boolean(),
});

describe('a policy', () => {
  it('gives stored findings the dates that core/findings gives each of them', async () => {
    const { pool } = at.fixture.database;
    await pool.query(
      `update resource set reach = (array['internet', 'peer', 'isolated', null])[id % 4 + 1],
      first_seen_at = $1::timestamptz - (id % 40) * interval '1 day'`,
      [ACT_TIME],
    );
    await pool.query(`update vulnerability set kev = jsonb_build_object('dueDate', d.day) from unnest(
      array['2026-11-30', '2026-02-30', '2025-01-01', 'soon']) with ordinality as d(day, n)
      where d.n = hashtext(id) % 8 + 1`);
    await pool.query(`update finding_content set rating = jsonb_build_object('word', null, 'cvss', jsonb_build_array(
      (array['{"version": "3.1", "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}',
        '{"version": "2.0", "vector": "AV:N/AC:L/Au:N/C:P/I:C/A:C"}',
        '{"version": "4.0", "vector": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H"}',
        '{"version": "3.0", "vector": "CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}'])[abs(hashtext(hash::text)) % 4 + 1]::jsonb))
      where abs(hashtext(hash::text)) % 5 > 0`);
    await pool.query('update finding set paused_ms = (id % 5) * 3600001 where id % 3 = 0');
    const stored =
      await pool.query(`select f.id::text as row, f.severity, f.opened_at, f.paused_ms::float8 as paused_ms,
        r.reach, r.first_seen_at, v.kev ->> 'dueDate' as kev, c.rating -> 'cvss' as cvss
      from finding f join resource r on r.id = f.resource_id join vulnerability v on v.id = f.vulnerability_id
      join finding_content c on c.hash = f.content where f.status <> 'CLOSED' order by f.id`);
    await fc.assert(
      fc.asyncProperty(policies, async (policy) => {
        await at.deps.users.saveSetting('sla.policy', policy, 'test', ACT_TIME);
        expect(toSlaPolicy(policy)).toEqual(policy);
        const preview = await at.deps.duty.previewPolicy(policy, ACT_TIME);
        await applyPolicy();
        const dates = new Map((await at.findings('true')).map(({ row, due_at }) => [row, due_at]));
        const wrong = stored.rows.filter((one) => {
          const base = slaOf(policy, {
            severity: one.severity,
            kevDueDate: one.kev,
            firstObservedAt: one.opened_at,
            resourceFirstSeenAt: one.first_seen_at,
            exposed: one.reach === null ? null : one.reach === 'internet',
            cvss: one.cvss,
          }).dueAt;
          const expected = base === null ? null : base.getTime() + one.paused_ms;
          return (dates.get(one.row)?.getTime() ?? null) !== expected;
        });
        expect(wrong.slice(0, 2)).toEqual([]);
        expect(preview.after.overdue).toBe(await overdue());
      }),
      { numRuns: 15, seed: 38 },
    );
  });

  it('says what it would do before it does it, and writes only what changes', async () => {
    const ada = await at.person('Ada Admin', 'admin');
    const ines = await at.person('Ines Kovar', 'security');
    const settled = "update resource set first_seen_at = first_seen_at - interval '200 days'";
    await at.fixture.database.pool.query(settled);
    await applyPolicy();
    const before = await overdue();
    const policy = {
      ...DEFAULT_SLA_POLICY,
      version: 'hard',
      days: { ...DEFAULT_SLA_POLICY.days, LOW: 20, MEDIUM: 20, HIGH: 15 },
    };
    const preview = await runOperation(setSlaPolicy, at.deps, ada, { policy, preview: true });
    expect(preview).toMatchObject({ before: { overdue: before }, jobId: null });
    expect(await overdue()).toBe(before);
    await expect(runOperation(setSlaPolicy, at.deps, ines, { policy })).rejects.toMatchObject({
      code: 'access-denied',
    });
    const faulty = { ...policy, days: { ...policy.days, LOW: 1 } };
    await expect(runOperation(setSlaPolicy, at.deps, ada, { policy: faulty })).rejects.toMatchObject({
      code: 'invalid-input',
    });

    const set = await runOperation(setSlaPolicy, at.deps, ada, { policy });
    expect(set.jobId).not.toBeNull();
    await applyPolicy();
    expect(await overdue()).toBe(preview.after.overdue);
    expect(preview.after.overdue).toBeGreaterThan(before);
    expect((await applyPolicy()).message).toBe('0 due dates and 0 owners or teams changed.');
    expect(await at.findings('f.version <> 1')).toEqual([]);
  });
});

const RULES = [
  {
    id: 'tag',
    name: 'Owner tag',
    when: { accounts: ['100000000001'], tags: { Owner: '*' } },
    owner: { fromTag: 'Owner' },
  },
  { id: 'unit', name: 'Production', when: { organizationalUnits: ['prod/*'] }, team: { name: 'platform' } },
];

describe('routing rules', () => {
  it('give findings to people and teams, at ingest and afterwards, and leave alone what a person assigned', async () => {
    const ada = await at.person('Ada Admin', 'admin');
    const lena = await at.person('Lena Ode', 'lead');
    await at.fixture.database.pool.query(
      `update resource set tags = '{"Owner": "lena.ode@example.org"}' where id % 2 = 0`,
    );
    const [mine] = await at.findings("f.status = 'ACTIVE' and f.account_id = '100000000001'");
    await runOperation(assignFindings, at.deps, ada, { selection: picked(mine ? [mine] : []), owner: ada.userId });
    const preview = await runOperation(setRoutingRules, at.deps, ada, { rules: RULES, preview: true });
    await runOperation(setRoutingRules, at.deps, ada, { rules: RULES });
    await applyPolicy();
    const owned = await at.findings(`f.owner = '${lena.userId}' and f.status = 'ACTIVE'`);
    expect(owned.length).toBeGreaterThan(0);
    expect(owned.every(({ account_id }) => account_id === '100000000001')).toBe(true);
    const routed = await at.findings(
      "f.status = 'ACTIVE' and not f.assigned and (f.owner is not null or f.team is not null)",
    );
    expect(preview).toMatchObject({ changed: routed.length, assigned: 1 });
    expect((await at.findings(`f.id = ${mine?.row}`))[0]).toMatchObject({ owner: ada.userId, assigned: true });

    const facts = { accountId: '100000000001', tags: { Owner: 'Lena Ode' } };
    const host = await addResource(at.fixture.stores, 'i-new', facts);
    await reportFindings(at.fixture.stores, host, [observationOf(host, 'CVE-2026-1')], { at: ACT_TIME });
    const found = () => at.findings(`f.resource_id = (select id from resource where key = 'i-new')`);
    expect((await found())[0]?.owner).toBe(lena.userId);
    await addResource(at.fixture.stores, 'i-new', { ...facts, tags: { Owner: 'nobody we know' } });
    expect((await found())[0]?.owner).toBeNull();
  });

  it('look at the paths of packages where a rule asks for them', async () => {
    const ada = await at.person('Ada Admin', 'admin');
    const rules = [{ id: 'dpkg', name: 'System', when: { paths: ['var/lib/dpkg/*'] }, team: { name: 'os' } }];
    await runOperation(setRoutingRules, at.deps, ada, { rules });
    await applyPolicy();
    expect(await at.findings("f.team is distinct from 'os' and f.status = 'ACTIVE'")).toEqual([]);
  });
});

describe('"scan again"', () => {
  const seen = async (host: Awaited<ReturnType<typeof addResource>>, names: readonly string[], time: Date, more = {}) =>
    reportFindings(
      at.fixture.stores,
      host,
      names.map((name) => observationOf(host, name)),
      { at: time, ...more },
    );

  it('is answered by the next complete scan that looked after it was said', async () => {
    const tom = await at.person('Tom Reyes', 'triage');
    at.clock.now = new Date(NOON.getTime() + 3_600_000);
    const host = await addResource(at.fixture.stores, 'i-again');
    await seen(host, ['CVE-2026-1', 'CVE-2026-2'], NOON);
    const where = `f.resource_id = (select id from resource where key = 'i-again')`;
    const rows = await at.findings(where);
    await runOperation(setFindingStatus, at.deps, tom, { selection: picked(rows), status: 'awaiting-rescan' });
    const statuses = async () =>
      (await at.findings(where)).map(({ status, team_status }) => `${status} ${team_status}`).sort();

    await seen(host, ['CVE-2026-1', 'CVE-2026-2'], new Date(NOON.getTime() + 1_800_000));
    expect(await statuses()).toEqual(['ACTIVE awaiting-rescan', 'ACTIVE awaiting-rescan']);
    await seen(host, ['CVE-2026-1'], new Date(NOON.getTime() + 5_400_000), { outcome: 'partial' });
    expect(await statuses()).toEqual(['ACTIVE awaiting-rescan', 'ACTIVE awaiting-rescan']);
    await seen(host, ['CVE-2026-1'], new Date(NOON.getTime() + 7_200_000));
    expect(await statuses()).toEqual(['ACTIVE open', 'CLOSED awaiting-rescan']);
    const told = await at.events("kind = 'status' and actor = 'harrier'");
    expect(told).toMatchObject([{ team: 'open', team_before: 'awaiting-rescan' }]);
  });
});

describe('my work', () => {
  it('is mine and my teams’, the earliest due first, each once over all pages', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const lena = await at.person('Lena Ode', 'lead', ['100000000001', '100000000002']);
    await at.deps.users.update(lena.userId, { teams: ['payments', 'platform'] });
    const give = (criteria: Parameters<typeof matching>[0], to: object) =>
      runOperation(assignFindings, at.deps, ines, { selection: matching(criteria), ...to });
    await give({ severities: ['HIGH'] }, { owner: lena.userId, team: 'payments' });
    await give({ severities: ['LOW'] }, { team: 'platform' });
    await give({ severities: ['CRITICAL'] }, { team: 'others' });
    const [asleep] = await at.findings(`f.owner = '${lena.userId}'`);
    await runOperation(snoozeFindings, at.deps, ines, { selection: picked(asleep ? [asleep] : []), until: days(3) });
    const expected = await at.findings(
      `f.status = 'ACTIVE' and f.snoozed_until is null and f.account_id in ('100000000001', '100000000002')
       and (f.owner = '${lena.userId}' or f.team = 'platform')`,
    );
    const rows: WorkItem[] = [];
    let cursor: string | null = null;
    do {
      const page: MyWork = await runOperation(getMyWork, at.deps, lena, { cursor, limit: 50 });
      rows.push(...page.rows);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    const times = rows.map(({ dueAt }) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const { overdue: late } = await runOperation(getMyWork, at.deps, lena, {});
    expect(late).toEqual({ count: times.filter((time) => time < ACT_TIME.getTime()).length, exact: true });
  });

  it('counts each stretch as the list behind its link does', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const lena = await at.person('Lena Ode', 'lead');
    await runOperation(assignFindings, at.deps, ines, {
      selection: matching({ severities: ['HIGH', 'MEDIUM'] }),
      owner: lena.userId,
    });
    const work = await runOperation(getMyWork, at.deps, lena, {});
    const listed = async (query: string) => {
      const scope = { accounts: [], regions: [], environments: [], time: '90d' } as const;
      const page = await runOperation(listFindings, at.deps, lena, {
        scope,
        criteria: { ...DEFAULT_CRITERIA, statuses: [] },
        query: `owner:me ${query} -is:snoozed`,
      });
      return page.matching.count;
    };
    const today = at.clock.now.toISOString().slice(0, 10);
    expect(work.overdue.count).toBeGreaterThan(0);
    expect(work.later.count).toBeGreaterThan(0);
    expect(await listed('is:overdue')).toBe(work.overdue.count);
    expect(await listed(`is:open due:${today} -is:overdue`)).toBe(work.dueToday.count);
    expect(await listed(`is:open due:>=0d due:<7d -due:${today}`)).toBe(work.dueIn7Days.count - work.dueToday.count);
    expect(await listed('is:open -due:<7d')).toBe(work.later.count);
  });

  it('tells what one accepted and put off oneself, the soonest first, and nothing of others', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const lena = await at.person('Lena Ode', 'security');
    const open = await at.findings("f.status = 'ACTIVE'");
    const accept = (caller: typeof ines, from: number, until: Date) =>
      runOperation(setFindingStatus, at.deps, caller, {
        selection: picked(open.slice(from, from + 1)),
        ...ACCEPT,
        until,
      });
    await accept(ines, 0, days(9));
    await accept(ines, 1, days(3));
    await accept(ines, 2, days(60));
    await accept(lena, 3, days(3));
    const later = picked(open.slice(4, 5));
    await runOperation(assignFindings, at.deps, ines, { selection: later, owner: ines.userId });
    const [mine] = await at.findings(`f.id = ${open[4]?.row}`);
    await runOperation(snoozeFindings, at.deps, ines, { selection: picked(mine ? [mine] : []), until: days(5) });

    const { accepted, snoozed } = await runOperation(getMyDecisions, at.deps, ines, {});
    expect(accepted.rows.map(({ id }) => id)).toEqual([open[1]?.id, open[0]?.id]);
    expect(accepted.total).toEqual({ count: 2, exact: true });
    expect(snoozed.rows.map(({ id }) => id)).toEqual([open[4]?.id]);
    expect((await runOperation(getMyDecisions, at.deps, lena, {})).snoozed.rows).toEqual([]);
  });

  it('tells rules to whoever can be their second person, and to nobody else', async () => {
    const [lena, ines, sam] = [
      await at.person('Lena Ode', 'lead'),
      await at.person('Ines Kovar', 'security'),
      await at.person('Sam Low', 'viewer'),
    ];
    await runOperation(createSuppressionRule, at.deps, lena, {
      name: 'dev-images',
      query: 'severity:low account:100000000001',
      reason: 'Never runs',
      endsAt: days(9),
      owner: lena.userId,
    });
    const waiting = async (caller: typeof ines) =>
      (await runOperation(getMyDecisions, at.deps, caller, {})).approvals.map(({ name, by }) => [name, by]);
    expect(await waiting(ines)).toEqual([['dev-images', 'Lena Ode']]);
    expect(await waiting(lena)).toEqual([]);
    expect(await waiting(sam)).toEqual([]);
    expect((await runOperation(getMyDecisions, at.deps, lena, {})).rules.map(({ name }) => name)).toEqual([
      'dev-images',
    ]);
  });

  it('is told by team to those who lead, in their accounts', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const lena = await at.person('Lena Ode', 'lead', ['100000000001']);
    const tom = await at.person('Tom Reyes', 'triage');
    await runOperation(assignFindings, at.deps, ines, {
      selection: matching({ severities: ['HIGH'] }),
      team: 'payments',
    });
    const scope = { accounts: [], regions: [], environments: [], time: '90d' } as const;
    const teams = await runOperation(getTeamWork, at.deps, lena, { scope });
    const expected = await at.findings("f.status = 'ACTIVE' and f.team = 'payments' and f.account_id = '100000000001'");
    const late = expected.filter(
      ({ due_at, paused_since }) => due_at !== null && due_at < at.clock.now && paused_since === null,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(teams.find(({ team }) => team === 'payments')).toMatchObject({
      open: expected.length,
      overdue: late.length,
    });
    await expect(runOperation(getTeamWork, at.deps, tom, { scope })).rejects.toMatchObject({ code: 'access-denied' });
  });

  it('tells a comment to those whom it names and who may see the finding', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const lena = await at.person('Lena Ode', 'lead', ['100000000001']);
    const tom = await at.person('Tom Reyes', 'triage', ['100000000002']);
    const [one] = await at.findings("f.status = 'ACTIVE' and f.account_id = '100000000001'");
    const answer = await runOperation(commentOnFindings, at.deps, ines, {
      selection: picked(one ? [one] : []),
      body: 'Can you look, @lena.ode and @tom.reyes? @nobody knows.',
    });
    expect(answer).toMatchObject({ applied: 1, mentioned: ['Lena Ode'], unresolved: ['tom.reyes', 'nobody'] });
    const mentions = async (caller: typeof ines) => (await runOperation(getMyWork, at.deps, caller, {})).mentions;
    expect(await mentions(lena)).toMatchObject([{ author: 'Ines Kovar', findingId: one?.id, findings: 1 }]);
    expect(await mentions(tom)).toEqual([]);
    expect((await at.findings(`f.id = ${one?.row}`))[0]?.version).toBe(one?.version);
  });
});
