import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityFilter } from '../../core/model/activity.ts';
import type { Caller, Role } from '../../core/model/permissions.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import type { Dependencies } from '../dependencies.ts';
import { setSlaPolicy } from '../duty/sla-policy.ts';
import { verifyChain } from '../history/verify-chain.ts';
import { type Operation, runOperation } from '../operation.ts';
import { createSuppressionRule } from '../suppression/create-suppression-rule.ts';
import { endSuppressionRule } from '../suppression/end-suppression-rule.ts';
import { setFindingStatus } from '../triage/set-finding-status.ts';
import { undoTriageAct } from '../triage/undo-triage-act.ts';
import { exportActivity } from './export-activity.ts';
import { getActivityEntry } from './get-activity-entry.ts';
import { getActivityFigures } from './get-activity-figures.ts';
import { listActivity } from './list-activity.ts';

const OURS = '111122223333';
const THEIRS = '444455556666';

let fixture: StoreFixture;
let deps: Dependencies;
let now: Date;
const ids: Record<string, string> = {};

beforeEach(async () => {
  fixture = await openStoreFixture();
  now = NOON;
  deps = storeDependencies(fixture, () => now);
  for (const accountId of [OURS, THEIRS]) {
    const resource = await addResource(fixture.stores, `i-${accountId}`, { accountId });
    const observation = observationOf(resource, 'CVE-1', { severity: 'LOW', score: 2 });
    await reportFindings(fixture.stores, resource, [observation]);
    ids[accountId] = observation.key;
  }
});

afterEach(() => fixture?.close());

async function person(name: string, role: Role, accounts: readonly string[] | null = null): Promise<Caller> {
  const email = `${name}@example.com`;
  await deps.users.create({ id: name, email, name, role, accounts, passwordHash: null, createdAt: now });
  const session = { id: `of-${name}`, userId: name, createdAt: now, lastSeenAt: now, userAgent: 'test' };
  await deps.users.openSession({
    ...session,
    expiresAt: new Date(now.getTime() + 3_600_000),
    address: '198.51.100.24',
  });
  await deps.users.recordActivity({
    at: now,
    actor: email,
    action: 'sign-in',
    object: email,
    detail: 'Signed in with a password.',
    address: '198.51.100.24',
  });
  return { userId: name, name, email, role, accounts, sessionId: `of-${name}` };
}

const ask = <I, O>(operation: Operation<I, O>, by: Caller, input: unknown) => runOperation(operation, deps, by, input);

function progress(by: Caller, account: string) {
  return ask(setFindingStatus, by, {
    selection: { kind: 'findings', findings: [{ id: ids[account], version: 1 }] },
    status: 'in-progress',
  });
}

async function list(by: Caller, filter: Partial<ActivityFilter> = {}) {
  const { rows } = await ask(listActivity, by, { filter });
  return rows.map(({ actor, action, object }) => `${actor.split('@')[0]} ${action} ${object}`);
}

async function text(parts: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const part of parts) {
    whole += part;
  }
  return whole;
}

describe('activity', () => {
  it('names each act once, with what it was about and the fields that it changed', async () => {
    const sam = await person('sam', 'security');
    await progress(sam, OURS);
    now = new Date(NOON.getTime() + 60_000);
    const { id } = await ask(createSuppressionRule, sam, {
      name: 'low-noise',
      query: 'severity:low',
      reason: 'Rebuilt every night.',
      endsAt: new Date(NOON.getTime() + 30 * 86_400_000),
    });
    await ask(endSuppressionRule, sam, { id, reason: 'Not right any more.' });
    const [ended, created, triaged] = (await ask(listActivity, sam, { filter: {} })).rows;
    const entry = await ask(getActivityEntry, sam, { id: triaged?.id });

    expect(await list(sam)).toEqual([
      'sam suppression-rule-ended low-noise',
      'sam suppression-rule-created low-noise',
      `sam findings-status CVE-1 on i-${OURS}`,
      'sam sign-in sam@example.com',
    ]);
    expect(entry).toMatchObject({
      actorName: 'sam',
      address: '198.51.100.24',
      accounts: [OURS],
      record: { findingId: ids[OURS], changes: [{ field: 'Status', before: 'open', after: 'in-progress' }] },
      signIn: { detail: 'Signed in with a password.' },
      chain: { entries: 1 },
    });
    expect(entry.undoUntil).not.toBeNull();
    expect((await ask(getActivityEntry, sam, { id: created?.id })).record.changes).toContainEqual({
      field: 'Query',
      before: null,
      after: 'severity:low',
    });
    expect((await ask(getActivityEntry, sam, { id: ended?.id })).record.changes).toEqual([
      { field: 'State', before: 'active', after: 'ended' },
      { field: 'End reason', before: null, after: 'Not right any more.' },
    ]);
  });

  it('is of the own accounts, the own acts, and of people and settings for those who may read them', async () => {
    const sam = await person('sam', 'security');
    const ada = await person('ada', 'admin');
    const theirs = await person('theo', 'triage', [THEIRS]);
    const vic = await person('vic', 'viewer');
    await progress(sam, OURS);
    await progress(theirs, THEIRS);
    await ask(setSlaPolicy, ada, { policy: { ...(await deps.duty.policy()), settleHours: 1 } });

    expect(await list(theirs)).toEqual([`theo findings-status CVE-1 on i-${THEIRS}`, 'theo sign-in theo@example.com']);
    expect(await list(vic)).toEqual([
      `theo findings-status CVE-1 on i-${THEIRS}`,
      `sam findings-status CVE-1 on i-${OURS}`,
      'vic sign-in vic@example.com',
    ]);
    expect(await list(ada)).toHaveLength(7);
    const [foreign] = (await ask(listActivity, ada, { filter: { who: ['sam'], kinds: ['triage'] } })).rows;
    await expect(ask(getActivityEntry, theirs, { id: foreign?.id })).rejects.toMatchObject({ code: 'not-found' });
    expect(await ask(getActivityEntry, vic, { id: foreign?.id })).toMatchObject({
      address: '',
      signIn: null,
      addressShown: false,
      undoUntil: null,
    });
    await expect(ask(getActivityEntry, ada, { id: "1' or true" })).rejects.toMatchObject({ code: 'not-found' });
    const fay = await person('fay', 'finance');
    await expect(ask(listActivity, fay, { filter: {} })).rejects.toMatchObject({ code: 'access-denied' });
  });

  it('is found by person, action, object, account, kind and time, and paged without a gap', async () => {
    const sam = await person('sam', 'security');
    await progress(sam, OURS);
    await progress(sam, THEIRS);
    now = new Date(NOON.getTime() + 3 * 3_600_000);
    await ask(verifyChain, sam, {});

    expect(await list(sam, { accounts: [THEIRS] })).toEqual([`sam findings-status CVE-1 on i-${THEIRS}`]);
    expect(await list(sam, { tab: 'access' })).toEqual(['sam sign-in sam@example.com']);
    expect(await list(sam, { tab: 'aws' })).toEqual([]);
    expect(await list(sam, { notKinds: ['triage', 'access'] })).toEqual([expect.stringContaining('history-verified')]);
    expect(await list(sam, { actions: ['STATUS'], objects: [OURS] })).toHaveLength(1);
    expect(await list(sam, { who: ['%'] })).toEqual([]);
    const [entry] = (await ask(listActivity, sam, { filter: { accounts: [OURS] } })).rows;
    const { record } = await ask(getActivityEntry, sam, { id: entry?.id });
    expect(await list(sam, { requests: [record.actId ?? ''] })).toEqual([`sam findings-status CVE-1 on i-${OURS}`]);
    expect(await list(sam, { requests: ['%'] })).toEqual([]);
    expect(await list(sam, { from: now })).toHaveLength(1);
    expect(await list(sam, { to: now, notWho: ['sam'] })).toEqual([]);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listActivity.run>> = await ask(listActivity, sam, {
        filter: {},
        cursor,
        limit: 1,
      });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);

    const figures = await ask(getActivityFigures, sam, { filter: { kinds: ['triage', 'history'] } });
    expect(figures).toMatchObject({
      total: { count: 3, exact: true },
      bucketHours: 1,
      checked: { detail: expect.stringContaining('whole'), fault: null },
    });
    expect(figures.buckets.filter(({ entries }) => entries > 0)).toEqual([{ since: NOON, entries: 2, partial: false }]);
    expect(figures.buckets.at(-1)).toMatchObject({ partial: false });
  });

  it('is one unbroken chain with what entries keep, and the first broken place is named', async () => {
    const sam = await person('sam', 'security');
    await progress(sam, OURS);
    const whole = await ask(verifyChain, sam, {});
    await fixture.database.pool.query('alter table activity disable trigger user');
    await fixture.database.pool.query(
      `update activity set record = replace(record, '"open"', '"accepted"') where action = 'findings-status'`,
    );
    await fixture.database.pool.query('alter table activity enable trigger user');
    const broken = await ask(verifyChain, sam, {});
    const { checked } = await ask(getActivityFigures, sam, { filter: {} });

    expect(whole.fault).toBeNull();
    expect(broken.fault).toMatchObject({ what: 'row changed', table: 'activity' });
    expect(checked?.fault).toEqual(broken.fault);
  });

  it('gains an entry when an act is undone, and loses none', async () => {
    const sam = await person('sam', 'security');
    const { actId } = await progress(sam, OURS);
    await ask(undoTriageAct, sam, { actId });
    const [undone, done] = (await ask(listActivity, sam, { filter: { kinds: ['triage'] } })).rows;

    expect((await ask(getActivityEntry, sam, { id: undone?.id })).record.changes).toEqual([
      { field: 'Status', before: 'in-progress', after: 'open' },
    ]);
    expect(await ask(getActivityEntry, sam, { id: done?.id })).toMatchObject({ undoUntil: null });
  });

  it('goes into a file, harmless names and all, and making one is an entry', async () => {
    const sam = await person('sam', 'security');
    await deps.users.recordActivity({
      at: now,
      actor: 'harrier',
      action: 'scan-started',
      object: '=1+1,"x"',
      detail: '<script>\u202e',
      address: '',
    });
    const csv = await ask(exportActivity, sam, { filter: {}, format: 'csv' });
    now = new Date(NOON.getTime() + 1);
    const made = await ask(exportActivity, sam, { filter: {}, format: 'json' });
    const lines = await text(csv.parts);
    const rows: readonly { readonly action: string }[] = JSON.parse(await text(made.parts));

    expect(csv.name).toBe('activity-2026-11-20.csv');
    expect(lines).toBe('id,at,actor,actorName,action,object,detail\r\n');
    expect(rows.map(({ action }) => action)).toEqual(['activity-exported', 'scan-started', 'sign-in']);
    const later = await ask(exportActivity, sam, { filter: { actions: ['scan'] }, format: 'csv' });
    expect(await text(later.parts)).toContain(`harrier,,scan-started,"'=1+1,""x""",<script>\u202e\r\n`);
  });
});
