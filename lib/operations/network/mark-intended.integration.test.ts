import { beforeEach, describe, expect, it } from 'vitest';
import { resourceId } from '../../core/model/ids.ts';
import type { Caller, Role } from '../../core/model/permissions.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { runNetworkScan, SCAN_JOB } from '../../testing/aws-run.ts';
import { type Base, buildTopology, giveIpv6, route, rule } from '../../testing/network/build-topology.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { addResource, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { setFindingStatus } from '../triage/set-finding-status.ts';
import { undoTriageAct } from '../triage/undo-triage-act.ts';
import { markIntended } from './mark-intended.ts';

const DAY_MS = 86_400_000;
const PLACE = { accountId: '111122223333', region: 'eu-west-1' };
const SSH = 'NET-22-TCP-INTERNET';
const EVERYTHING = { ...WHOLE_ESTATE, accounts: null };
const OFFICE = '203.0.113.0/24';

let fixture: StoreFixture;
let deps: Dependencies;
let now: Date;
let mara: Caller;
let ines: Caller;

beforeEach(async () => {
  fixture = await openStoreFixture();
  now = new Date(Date.now() - 90 * DAY_MS);
  deps = storeDependencies(fixture, () => now);
  const bastion = await addResource(fixture.stores, 'i-a', { ...PLACE, id: resourceId('arn:i-a'), name: 'bastion' });
  const { pool } = fixture.database;
  await pool.query(
    `update resource set cloud = '{"kind": "ec2", "instanceId": "i-a", "state": "running"}' where key = $1`,
    [bastion],
  );
  await pool.query(
    `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-network', 'x', 'running', '{}', now())`,
    [SCAN_JOB],
  );
  mara = await person('Mara Klein', 'triage', [PLACE.accountId]);
  ines = await person('Ines Kovar', 'security');
  return () => fixture.close();
});

async function person(name: string, role: Role, accounts: readonly string[] | null = null): Promise<Caller> {
  const id = name.split(' ', 1)[0]?.toLowerCase() ?? name;
  const email = `${id}@example.org`;
  await deps.users.create({ id, email, name, role, accounts, passwordHash: null, createdAt: now });
  return { userId: id, name, email, role, accounts, sessionId: `session-${id}` };
}

/** The network as it is from now on, looked at half a day later. */
async function look(change: (base: Base) => void): Promise<void> {
  now = new Date(now.getTime() + 60_000);
  await deps.network.save(PLACE, { lists: { ...buildTopology(change) }, unread: {} }, now);
  now = new Date(now.getTime() + DAY_MS / 2);
  await runNetworkScan(deps);
}

const open = (...cidrs: readonly string[]) =>
  look((base) => {
    base.group.IpPermissions = [rule('tcp', [22, 22], ...cidrs)];
  });

async function path() {
  const [one, ...others] = await deps.reads.exposedPaths(EVERYTHING, SSH);
  expect(others).toEqual([]);
  if (one === undefined) throw new Error('port 22 is shut');
  return one;
}

async function mark(by: Caller, more: Readonly<Record<string, unknown>> = {}) {
  const { id, version } = await path();
  const until = new Date(now.getTime() + 30 * DAY_MS);
  const said = { id, version, owner: mara.userId, reason: 'Our office comes in here', until, ...more };
  return runOperation(markIntended, deps, by, said);
}

async function rows<Row>(text: string): Promise<readonly Row[]> {
  return (await fixture.database.pool.query(text)).rows as Row[];
}

interface Told {
  readonly user_id: string;
  readonly title: string;
  readonly detail: string;
}
const alarms = () => rows<Told>("select user_id, title, detail from notice where kind = 'drift' order by id");
const history = async () =>
  (await rows<{ detail: string }>("select detail from finding_event where kind in ('status', 'undo') order by id")).map(
    ({ detail }) => detail,
  );
const WIDER = 'Wider than intended: 198.51.100.0/24 may call since, and was not meant.';

describe('an exposure that is intended', () => {
  beforeEach(() => open(OFFICE));

  it('is accepted with owner, reason and end, and stays in what can be reached', async () => {
    expect(await deps.reads.exposure(EVERYTHING, 'internet')).toMatchObject({ reached: 1, intendedOnly: 0 });
    const answer = await mark(ines);

    expect(answer).toMatchObject({ applied: 1, jobId: null });
    const until = new Date(now.getTime() + 30 * DAY_MS);
    expect(await path()).toMatchObject({
      status: 'SUPPRESSED',
      teamStatus: 'accepted',
      acceptedUntil: until,
      intended: {
        state: 'intended',
        owner: 'Mara Klein',
        markedBy: 'Ines Kovar',
        reason: 'Our office comes in here',
        markedAt: now,
        until,
        widenedAt: null,
        widened: null,
      },
    });
    const view = await deps.reads.exposure(EVERYTHING, 'internet');
    expect(view).toMatchObject({ instances: 1, reached: 1, intendedOnly: 1, lapsed: 0 });
    expect(view.ports).toMatchObject([{ id: SSH, instances: 1 }]);
    const day = until.toISOString().slice(0, 10);
    expect(await history()).toEqual([`Accepted until ${day}: Intended: Our office comes in here.`]);
    expect(await rows('select owner from finding')).toEqual([{ owner: 'mara' }]);
    expect(await rows('select user_id, kind from notice')).toEqual([{ user_id: 'mara', kind: 'assigned' }]);
    expect(await rows("select action from activity where actor = 'ines@example.org' order by id")).toEqual([
      { action: 'findings-assign' },
      { action: 'findings-status' },
    ]);
  });

  it('is no news while as many or fewer may call, and an alarm once when more may', async () => {
    await mark(ines);
    await open(OFFICE);
    await open('203.0.113.0/25');
    await open('203.0.113.0/25', '203.0.113.128/25');
    expect(await alarms()).toEqual([]);
    expect(await path()).toMatchObject({ status: 'SUPPRESSED', intended: { state: 'intended' } });

    await open(OFFICE, '198.51.100.0/24');
    const told = { title: '22/tcp of bastion is wider than intended', detail: `${WIDER} It counts as open again.` };
    expect(await alarms()).toEqual([
      { user_id: 'mara', ...told },
      { user_id: 'ines', ...told },
    ]);
    expect(await path()).toMatchObject({
      status: 'ACTIVE',
      teamStatus: 'open',
      acceptedUntil: null,
      intended: { state: 'widened', owner: 'Mara Klein', widened: WIDER, widenedAt: now },
    });
    expect((await history()).at(-1)).toBe(WIDER);
    expect(
      await rows("select actor, cause, status, status_before, team from finding_event where detail like 'Wider%'"),
    ).toEqual([{ actor: 'harrier', cause: 'scan', status: 'ACTIVE', status_before: 'SUPPRESSED', team: 'open' }]);
    expect(
      await rows("select action, object, detail, accounts from activity where actor = 'harrier' order by id"),
    ).toEqual([{ action: 'findings-widened', object: '22/tcp of bastion', detail: WIDER, accounts: PLACE.accountId }]);
    expect(await deps.reads.exposure(EVERYTHING, 'internet')).toMatchObject({
      reached: 1,
      intendedOnly: 0,
      lapsed: 1,
    });

    await open(OFFICE, '198.51.100.0/23');
    await open(OFFICE);
    expect(await alarms()).toHaveLength(2);
    expect((await path()).status).toBe('ACTIVE');
    const counts = 'select status, severity, sum(n)::int as n from finding_count group by 1, 2 having sum(n) <> 0';
    const kept = await rows(counts);
    await rows('select finding_delta_rebuild()');
    expect(kept).toEqual([{ status: 'ACTIVE', severity: 'MEDIUM', n: 1 }]);
    expect(await rows(counts)).toEqual(kept);
  });

  it('can be marked anew after an alarm, with what may call since', async () => {
    await mark(ines);
    await open(OFFICE, '198.51.100.0/24');
    await mark(ines, { reason: 'And our branch' });
    await open(OFFICE, '198.51.100.0/24');
    expect(await alarms()).toHaveLength(2);
    expect(await path()).toMatchObject({ intended: { state: 'intended', reason: 'And our branch' } });

    await open('0.0.0.0/0');
    const told = (await alarms()).slice(2);
    expect(told.map(({ user_id }) => user_id)).toEqual(['mara', 'ines']);
    expect(told[0]?.detail).toContain('any IPv4 address of the internet may call since');
  });

  it('is an alarm when another family may call', async () => {
    await mark(ines);
    await look((base) => {
      giveIpv6(base);
      base.table.Routes.push(route('::/0', 'igw-a'));
      base.group.IpPermissions = [rule('tcp', [22, 22], OFFICE, '2001:db8::/32')];
    });
    expect((await alarms())[0]?.detail).toContain('2001:db8::/32 may call since');
  });

  it('is an alarm when it comes back wider than it was meant', async () => {
    await mark(ines);
    await open('10.0.0.0/8');
    expect(await rows('select status, team_status from finding')).toEqual([
      { status: 'CLOSED', team_status: 'accepted' },
    ]);
    await open(OFFICE);
    expect(await path()).toMatchObject({ status: 'SUPPRESSED', intended: { state: 'intended' } });
    await open('10.0.0.0/8');
    await open('198.51.100.0/24');
    expect(await path()).toMatchObject({ status: 'ACTIVE', intended: { state: 'widened', widened: WIDER } });
    expect(await alarms()).toHaveLength(2);
  });

  it('tells its owner of another port beside it, once', async () => {
    await mark(ines);
    const both = (base: Base) => {
      base.group.IpPermissions = [rule('tcp', [22, 22], OFFICE), rule('tcp', [3389, 3389], OFFICE)];
    };
    await look(both);
    await look(both);
    expect(await alarms()).toEqual([
      { user_id: 'mara', title: 'Another port is open: 3389/tcp of bastion', detail: 'Intended there: 22/tcp.' },
    ]);
    expect(await path()).toMatchObject({ status: 'SUPPRESSED', intended: { state: 'intended' } });
    expect(await deps.reads.exposure(EVERYTHING, 'internet')).toMatchObject({ reached: 1, intendedOnly: 0 });
  });

  it.each([
    ['opened by hand', { status: 'open' }],
    ['called a false positive', { status: 'false-positive', reason: 'A wall in between' }],
    ['accepted in another way', { status: 'accepted', reason: 'Nobody minds', until: new Date(Date.now() + DAY_MS) }],
  ])('is intended no more when it is %s', async (_, change) => {
    await mark(ines);
    now = new Date(now.getTime() + 60_000);
    const { id, version } = await path();
    const selection = { kind: 'findings', findings: [{ id, version }] };
    const { applied, actId } = await runOperation(setFindingStatus, deps, ines, { selection, ...change });
    expect(applied).toBe(1);
    expect((await path()).intended).toBeNull();
    expect((await deps.reads.exposure(EVERYTHING, 'internet')).intendedOnly).toBe(0);

    // Taken back, it is intended as before.
    now = new Date(now.getTime() + 60_000);
    await runOperation(undoTriageAct, deps, ines, { actId });
    expect((await path()).intended).toMatchObject({ state: 'intended' });
    await open(OFFICE, '198.51.100.0/24');
    expect(await alarms()).toHaveLength(2);
  });

  it('says nothing of what widens after it was opened by hand or undone', async () => {
    const { actId } = await mark(ines);
    await runOperation(undoTriageAct, deps, ines, { actId });
    expect(await path()).toMatchObject({ status: 'ACTIVE', teamStatus: 'open', intended: null });
    await open(OFFICE, '198.51.100.0/24');
    expect(await alarms()).toEqual([]);
  });

  it('ends with its day, and the page says so while it is open', async () => {
    await mark(ines);
    now = new Date(now.getTime() + 31 * DAY_MS);
    expect(await deps.suppression.endDecisions(10, now)).toBe(1);
    expect(await path()).toMatchObject({
      status: 'ACTIVE',
      intended: { state: 'ended', reason: 'Our office comes in here' },
    });
    expect(await deps.reads.exposure(EVERYTHING, 'internet')).toMatchObject({ intendedOnly: 0, lapsed: 1 });
    await open(OFFICE, '198.51.100.0/24');
    expect(await alarms()).toEqual([]);
    expect((await history()).at(-1)).toBe('The acceptance has ended.');
  });

  it('reminds its owner of its end, as every acceptance does', async () => {
    await mark(ines);
    now = new Date(now.getTime() + 25 * DAY_MS);
    await deps.notices.sweep(now);
    expect(await rows("select user_id, title from notice where kind = 'ending'")).toMatchObject([{ user_id: 'mara' }]);
  });

  it('tells nobody who may not see it any more', async () => {
    await mark(ines);
    await deps.users.update(mara.userId, { accounts: ['999988887777'] });
    await open(OFFICE, '198.51.100.0/24');
    expect((await alarms()).map(({ user_id }) => user_id)).toEqual(['ines']);
  });

  it('is held to the look after it, when one was under way', async () => {
    await mark(ines);
    const [finding] = await rows<{ marked_at: Date }>('select marked_at from intended_exposure');
    expect(finding?.marked_at).toEqual(now);
    await fixture.database.pool.query('update intended_exposure set marked_at = $1', [
      new Date(now.getTime() + DAY_MS),
    ]);
    await fixture.database.pool.query('update finding set team_status_at = $1', [new Date(now.getTime() + DAY_MS)]);
    await open(OFFICE, '198.51.100.0/24');
    expect(await alarms()).toEqual([]);
    await open(OFFICE, '198.51.100.0/24', '192.0.2.0/24');
    expect(await alarms()).toHaveLength(2);
  });
});

describe('who may mark an exposure as intended', () => {
  beforeEach(() => open(OFFICE));

  it('is who may accept a risk of its severity, and sees it', async () => {
    const lead = await person('Lena Ode', 'lead', [PLACE.accountId]);
    const elsewhere = await person('Otto Lang', 'lead', ['999988887777']);
    const viewer = await person('Vera Lim', 'viewer');
    for (const one of [mara, viewer]) {
      await expect(mark(one)).rejects.toMatchObject({ code: 'access-denied' });
    }
    await expect(mark(elsewhere)).rejects.toMatchObject({ code: 'not-found' });
    await fixture.database.pool.query("update finding set severity = 'CRITICAL'");
    await expect(mark(lead)).rejects.toMatchObject({ code: 'access-denied' });
    await fixture.database.pool.query("update finding set severity = 'HIGH'");
    expect(await rows('select 1 from intended_exposure')).toEqual([]);
    expect(await rows("select 1 from activity where action like 'findings-%'")).toEqual([]);
    expect(await mark(lead)).toMatchObject({ applied: 1 });
  });

  it.each([
    ['an empty reason', { reason: '  ' }, 'reason'],
    ['a reason that is too long', { reason: 'x'.repeat(2_000) }, 'reason'],
    ['no reason', { reason: undefined }, 'reason'],
    ['a day that has passed', { until: '2020-01-01' }, 'until'],
    ['no day', { until: '' }, 'until'],
    ['a day beyond the limit', { until: new Date(Date.now() + 400 * DAY_MS) }, 'until'],
    ['nobody', { owner: '' }, 'owner'],
    ['somebody who is not there', { owner: "x' or 1=1" }, 'owner'],
    ['a version that is none', { version: 'latest' }, 'version'],
  ])('is refused for %s', async (_, more, field) => {
    await expect(mark(ines, more)).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { [field]: expect.any(String) },
    });
    expect(await rows('select team_status, owner from finding')).toEqual([{ team_status: 'open', owner: null }]);
  });

  it('is refused an owner who may not see it', async () => {
    await person('Otto Lang', 'lead', ['999988887777']);
    await person('Fin Berg', 'finance');
    for (const owner of ['otto', 'fin']) {
      await expect(mark(ines, { owner })).rejects.toMatchObject({ fields: { owner: expect.any(String) } });
    }
  });

  it.each([
    ['is not there', { id: '0'.repeat(32) }],
    ['is no id', { id: "'; drop table finding" }],
  ])('learns nothing of what %s', async (_, more) => {
    await expect(mark(ines, more)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is told to look again when the finding or the network has changed meanwhile', async () => {
    await expect(mark(ines, { version: 7 })).rejects.toMatchObject({ code: 'conflict' });
    // Read anew, and not yet looked at.
    const read = (...cidrs: readonly string[]) =>
      deps.network.save(
        PLACE,
        {
          lists: {
            ...buildTopology((base) => {
              base.group.IpPermissions = [rule('tcp', [22, 22], ...cidrs)];
            }),
          },
          unread: {},
        },
        now,
      );
    await read(OFFICE, '198.51.100.0/24');
    await expect(mark(ines)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Who may call'),
    });
    await read('10.0.0.0/8');
    await expect(mark(ines)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('not there') });
    expect(await rows('select team_status, owner from finding')).toEqual([{ team_status: 'open', owner: null }]);
    expect(await rows('select 1 from intended_exposure')).toEqual([]);
  });

  it('is told what to do about more blocks than can be watched', async () => {
    const hosts = (count: number) => Array.from({ length: count }, (_, at) => `20.${at >> 7}.${(at & 127) * 2}.1/32`);
    await open(...hosts(1_001));
    await expect(mark(ines)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^More than 1,000 blocks of addresses may call, too many to watch\. Join/),
    });
    await open(...hosts(1_000));
    expect(await mark(ines)).toMatchObject({ applied: 1 });
    await open(...hosts(1_000));
    expect(await alarms()).toEqual([]);
  });

  it('cannot mark what a rule hides', async () => {
    await fixture.database.pool.query("update finding set suppressed_by = 1, status = 'SUPPRESSED'");
    await expect(mark(ines)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('rule hides'),
    });
  });
});
