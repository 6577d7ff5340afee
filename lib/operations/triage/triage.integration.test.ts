import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeStatus } from '../../core/findings/triage-status.ts';
import { jobId } from '../../core/model/ids.ts';
import type { Severity } from '../../core/model/severity.ts';
import { CHOSEN_STATUSES, type ChosenStatus } from '../../core/model/triage.ts';
import { triageFindingsHandler } from '../../jobs/handlers/triage-findings.ts';
import { sqlOfPool } from '../../store/sql.ts';
import { removeSpentActs } from '../../store/triage/remove-spent-acts.ts';
import { matching, openTriageFixture, picked, type TriageFixture } from '../../testing/triage-fixture.ts';
import { runOperation } from '../operation.ts';
import { assignFindings } from './assign-findings.ts';
import { deleteComment, editComment } from './change-comment.ts';
import { commentOnFindings } from './comment-on-findings.ts';
import { getTriageAct } from './get-triage-act.ts';
import { listFindingComments } from './list-finding-comments.ts';
import { setFindingStatus } from './set-finding-status.ts';
import { snoozeFindings } from './snooze-findings.ts';
import { undoTriageAct } from './undo-triage-act.ts';

let at: TriageFixture;

beforeEach(async () => {
  at = await openTriageFixture(3_000);
});
afterEach(() => at?.close());

const NEXT_MONTH = '2026-12-24T00:00:00.000Z';
const ACCEPT = { status: 'accepted', reason: 'Behind a proxy that filters it', until: NEXT_MONTH } as const;
const later = (minutes: number) => {
  at.clock.now = new Date(at.clock.now.getTime() + minutes * 60_000);
};

describe('an act on findings', () => {
  it('accepts what a query finds, hides it, and tells it to the history of each finding once', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const open = await at.findings("f.status = 'ACTIVE'");
    const answer = await runOperation(setFindingStatus, at.deps, ines, { selection: matching(), ...ACCEPT });

    expect(open.length).toBeGreaterThan(2_000);
    expect(answer).toMatchObject({ applied: open.length, findings: open.length, skipped: [], waiting: 0, jobId: null });
    expect(await at.findings("f.status = 'ACTIVE'")).toEqual([]);
    const hidden = await at.findings("f.status = 'SUPPRESSED'");
    expect(hidden.length).toBe(open.length);
    expect(new Set(hidden.map((row) => [row.team_status, row.status_reason, row.version].join()))).toEqual(
      new Set(['accepted,Behind a proxy that filters it,2']),
    );
    const events = await at.events();
    expect(events.map((event) => event.finding_id).toSorted()).toEqual(open.map(({ row }) => row).toSorted());
    expect(events[0]).toMatchObject({
      kind: 'status',
      actor: ines.userId,
      detail: 'Accepted until 2026-12-24: Behind a proxy that filters it.',
      status: 'SUPPRESSED',
      status_before: 'ACTIVE',
      team: 'accepted',
      team_before: 'open',
    });
  });

  it('leaves kept counts that agree with counting anew, after the act and after its undo', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const { actId } = await runOperation(setFindingStatus, at.deps, ines, {
      selection: matching({ severities: ['HIGH', 'LOW'] }),
      ...ACCEPT,
    });
    const after = await at.counts();
    expect(after.kept).toEqual(after.anew);
    await runOperation(undoTriageAct, at.deps, ines, { actId });
    const undone = await at.counts();
    expect(undone.kept).toEqual(undone.anew);
    expect(await at.findings("f.status = 'SUPPRESSED'")).toEqual([]);
  });

  it('reaches the reader’s accounts alone, and what is elsewhere looks as if it were not there', async () => {
    const [mine, other] = [`100000000001`, `100000000002`];
    const lena = await at.person('Lena Ode', 'lead', [mine]);
    const [foreign] = await at.findings(`f.account_id = '${other}' and f.status = 'ACTIVE'`);
    const own = await at.findings(`f.account_id = '${mine}' and f.status = 'ACTIVE'`);
    const query = await runOperation(snoozeFindings, at.deps, lena, { selection: matching(), until: NEXT_MONTH });
    expect(query.applied).toBe(own.length);
    expect(await at.findings(`f.snoozed_until is not null and f.account_id <> '${mine}'`)).toEqual([]);

    const unknown = { id: '0'.repeat(32), version: 1 };
    const direct = await runOperation(snoozeFindings, at.deps, lena, {
      selection: picked([foreign ?? unknown, unknown]),
      until: NEXT_MONTH,
    });
    expect(direct).toMatchObject({ applied: 0, findings: 2 });
    expect(direct.skipped).toMatchObject([{ reason: 'not-found', count: 2 }]);
    expect(direct.skipped[0]?.examples.every((one) => one.resourceName === null)).toBe(true);
  });

  it('lets a lead accept up to high, nobody with the role triage, and security everything', async () => {
    const lena = await at.person('Lena Ode', 'lead');
    const tom = await at.person('Tom Reyes', 'triage');
    const vera = await at.person('Vera Lim', 'viewer');
    const open = await at.findings("f.status = 'ACTIVE'");
    const beyond = open.filter(({ severity }) => severity === 'CRITICAL' || severity === 'UNTRIAGED');
    const request = { selection: matching(), ...ACCEPT };

    await expect(runOperation(setFindingStatus, at.deps, tom, request)).rejects.toMatchObject({
      code: 'access-denied',
    });
    await expect(runOperation(setFindingStatus, at.deps, vera, request)).rejects.toMatchObject({
      code: 'access-denied',
    });
    const answer = await runOperation(setFindingStatus, at.deps, lena, request);
    expect(beyond.length).toBeGreaterThan(0);
    expect(answer.skipped).toMatchObject([{ reason: 'right', count: beyond.length }]);
    expect(answer.applied).toBe(open.length - beyond.length);
    expect(await at.findings("f.team_status = 'accepted' and f.severity in ('CRITICAL', 'UNTRIAGED')")).toEqual([]);
    const working = await runOperation(setFindingStatus, at.deps, tom, {
      selection: matching(),
      status: 'in-progress',
    });
    expect(working.applied).toBe(beyond.length);
  });

  it.each([
    [{ ...ACCEPT, reason: ' ' }, 'Say why'],
    [{ ...ACCEPT, until: null }, 'until when'],
    [{ ...ACCEPT, until: '2026-11-24T11:00:00Z' }, 'has passed'],
    [{ ...ACCEPT, until: '2036-11-24T11:00:00Z' }, 'at most'],
    [{ status: 'false-positive', reason: null }, 'false positive'],
    [{ status: 'fixed', reason: 'done' }, 'status'],
  ])('refuses what no finding could take: %j', async (request, sentence) => {
    const ines = await at.person('Ines Kovar', 'security');
    const asked = runOperation(setFindingStatus, at.deps, ines, { selection: matching(), ...request });
    await expect(asked).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(sentence) });
    expect(await at.events()).toEqual([]);
  });

  it('says who changed a finding since it was seen, and changes it not', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const tom = await at.person('Tom Reyes', 'triage');
    const rows = (await at.findings("f.status = 'ACTIVE'")).slice(0, 3);
    await runOperation(setFindingStatus, at.deps, tom, { selection: picked(rows.slice(0, 1)), status: 'in-progress' });
    later(2);
    const answer = await runOperation(setFindingStatus, at.deps, ines, { selection: picked(rows), ...ACCEPT });

    expect(answer.applied).toBe(2);
    expect(answer.skipped).toEqual([
      {
        reason: 'changed',
        count: 1,
        examples: [
          expect.objectContaining({
            id: rows[0]?.id,
            lastChange: { at: new Date('2026-11-24T12:00:00.000Z'), by: 'Tom Reyes', what: 'In progress.' },
          }),
        ],
      },
    ]);
    expect((await at.findings(`f.id = ${rows[0]?.row}`))[0]?.team_status).toBe('in-progress');
  });

  it('lets one of two people who act at once on the same versions win each finding', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const tom = await at.person('Tom Reyes', 'triage');
    const rows = (await at.findings("f.status = 'ACTIVE'")).slice(0, 400);
    const [first, second] = await Promise.all([
      runOperation(setFindingStatus, at.deps, ines, { selection: picked(rows), ...ACCEPT }),
      runOperation(setFindingStatus, at.deps, tom, { selection: picked(rows.toReversed()), status: 'in-progress' }),
    ]);
    expect(first.applied + second.applied).toBe(400);
    expect([first.skipped, second.skipped].flat()).toMatchObject([{ reason: 'changed', count: 400 }]);
    expect(await at.events()).toHaveLength(400);
  });

  it('asked for twice by the same id is done once', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const request = { actId: '5f0c9a52-0d0a-4a3c-9a55-3d2f6a3a8d11', selection: matching(), ...ACCEPT };
    const first = await runOperation(setFindingStatus, at.deps, ines, request);
    const again = await runOperation(setFindingStatus, at.deps, ines, request);
    expect(again).toMatchObject({ applied: first.applied, findings: first.findings });
    expect(await at.events()).toHaveLength(first.applied);
  });

  it('leaves alone what a scan closed, what a rule hides and what is so already', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const [hidden, accepted, free] = await at.findings("f.status = 'ACTIVE'");
    const [closed] = await at.findings("f.status = 'CLOSED'");
    const rows = [hidden, accepted, free, closed].map((row) => row?.row).join();
    const hide = "update finding set suppressed_by = 7, status = 'SUPPRESSED' where id = $1";
    await at.fixture.database.pool.query(hide, [hidden?.row]);
    await runOperation(setFindingStatus, at.deps, ines, { selection: picked(accepted ? [accepted] : []), ...ACCEPT });
    const fresh = await at.findings(`f.id in (${rows})`);
    const answer = await runOperation(setFindingStatus, at.deps, ines, { selection: picked(fresh), ...ACCEPT });
    expect(answer.applied).toBe(1);
    expect(answer.skipped.map(({ reason, count }) => [reason, count])).toEqual([
      ['closed', 1],
      ['suppressed', 1],
      ['unchanged', 1],
    ]);
  });
});

describe('an act that is too large to wait for', { timeout: 180_000 }, () => {
  it('is a job, and a worker that dies in the middle leaves nothing done twice or not at all', async () => {
    await at.close();
    at = await openTriageFixture(12_500);
    const ines = await at.person('Ines Kovar', 'security');
    const { actId, jobId, findings } = await runOperation(setFindingStatus, at.deps, ines, {
      selection: matching(),
      ...ACCEPT,
    });
    expect(jobId).not.toBeNull();
    expect(findings).toBeGreaterThan(10_000);
    const handler = triageFindingsHandler({ dependencies: at.deps });
    const worker = new AbortController();
    const dies = { ...context(worker.signal), progress: async () => worker.abort(new Error('killed')) };
    await expect(handler.run({ actId }, dies)).rejects.toThrow('killed');
    expect(await runOperation(getTriageAct, at.deps, ines, { actId })).toMatchObject({ waiting: findings - 10_000 });

    const ended = await handler.run({ actId }, context(new AbortController().signal));
    expect(ended.message).toBe(`${findings.toLocaleString('en-US')} findings changed.`);
    expect(await handler.run({ actId }, context(new AbortController().signal))).toEqual(ended);
    const events = await at.events();
    expect(new Set(events.map(({ finding_id }) => finding_id)).size).toBe(findings);
    expect(events).toHaveLength(findings);
  });

  it('undone while lanes are at it, leaves nothing of what they did', async () => {
    await at.close();
    at = await openTriageFixture(25_000);
    const ines = await at.person('Ines Kovar', 'security');
    const { actId } = await runOperation(setFindingStatus, at.deps, ines, { selection: matching(), ...ACCEPT });
    const handler = triageFindingsHandler({ dependencies: at.deps });
    const first = Promise.withResolvers<void>();
    const idle = context(new AbortController().signal);
    const running = handler.run({ actId }, { ...idle, progress: async () => first.resolve() });
    await first.promise;
    const undone = await runOperation(undoTriageAct, at.deps, ines, { actId });
    await running;
    if (undone.jobId !== null) await handler.run({ actId: undone.actId }, idle);

    expect(await at.findings("f.status = 'SUPPRESSED' or f.team_status <> 'open'")).toEqual([]);
    const counts = await at.counts();
    expect(counts.kept).toEqual(counts.anew);
  });

  it('undone while it runs, ends there and gives back what it did', async () => {
    await at.close();
    at = await openTriageFixture(12_500);
    const ines = await at.person('Ines Kovar', 'security');
    const { actId } = await runOperation(setFindingStatus, at.deps, ines, { selection: matching(), ...ACCEPT });
    await at.deps.triage.advance(actId, at.clock.now);
    const undone = await runOperation(undoTriageAct, at.deps, ines, { actId });
    expect(undone).toMatchObject({ applied: 5_000, skipped: [] });
    expect((await at.deps.triage.advance(actId, at.clock.now)).ended).toBe(true);
    expect(await at.findings("f.status = 'SUPPRESSED' or f.team_status <> 'open'")).toEqual([]);
    const counts = await at.counts();
    expect(counts.kept).toEqual(counts.anew);
  });
});

const context = (signal: AbortSignal) => ({
  id: jobId('job'),
  signal,
  progress: async () => undefined,
  log: async () => undefined,
});

describe('the statement of an act', () => {
  it('decides each finding as core/findings does', async () => {
    const people = [await at.person('Lena Ode', 'lead'), await at.person('Ines Kovar', 'security')];
    const { pool } = at.fixture.database;
    const words = "(array['open', 'in-progress', 'awaiting-rescan', 'accepted', 'false-positive'])";
    const cases = people.flatMap((by) => CHOSEN_STATUSES.map((to) => ({ by, to })));
    for (const { by, to } of cases) {
      await pool.query(
        `update finding set team_status = ${words}[hashint4(id::int) % 5 + 1] where hashint4(id::int) >= 0`,
      );
      const before = await at.findings('true');
      const request = {
        reason: 'Said again',
        until: to === 'accepted' ? new Date(NEXT_MONTH) : null,
      };
      await runOperation(setFindingStatus, at.deps, by, { selection: picked(before), status: to, ...request });
      const after = new Map((await at.findings('true')).map((row) => [row.row, row]));
      const wrong = before.filter((row) => {
        const state = { status: row.team_status as ChosenStatus, acceptedUntil: null, changedAt: null };
        const closed = row.status === 'CLOSED';
        const severity = row.severity as Severity;
        const decided = changeStatus(
          { state, closed, accountId: row.account_id, severity },
          { to, ...request, by, now: at.clock.now },
        );
        const isChanged = after.get(row.row)?.version !== row.version;
        return isChanged === 'refused' in decided;
      });
      expect(wrong.slice(0, 3), `${by.role} to ${to}`).toEqual([]);
    }
  });
});

describe('comments', () => {
  it('are changed within the hour and deleted by their author alone, and each change is a step', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const tom = await at.person('Tom Reyes', 'triage');
    const rows = (await at.findings("f.status = 'ACTIVE'")).slice(0, 2);
    const id = rows[0]?.id ?? '';
    await runOperation(commentOnFindings, at.deps, ines, { selection: picked(rows), body: 'Ask the team' });
    const list = () => runOperation(listFindingComments, at.deps, tom, { id });
    const [comment] = await list();
    expect(comment).toMatchObject({ author: 'Ines Kovar', body: 'Ask the team', isDeleted: false });
    const own = { id: comment?.id ?? '' };

    await expect(runOperation(deleteComment, at.deps, tom, own)).rejects.toMatchObject({ code: 'not-found' });
    later(30);
    await runOperation(editComment, at.deps, ines, { ...own, body: 'Ask the platform team' });
    later(60);
    await expect(runOperation(editComment, at.deps, ines, { ...own, body: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await list()).toMatchObject([{ body: 'Ask the platform team', editedAt: expect.any(Date) }]);
    await runOperation(deleteComment, at.deps, ines, own);
    expect(await list()).toMatchObject([{ body: '', isDeleted: true }]);
    const told = (await at.events("kind = 'comment'")).map(({ finding_id, detail }) => `${finding_id} ${detail}`);
    const steps = ['Commented.', `Edited comment ${own.id}.`, `Deleted comment ${own.id}.`];
    expect(told).toEqual(steps.flatMap((step) => rows.map(({ row }) => `${row} ${step}`)));
  });

  it('are taken away by undo, whoever changed the finding since', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const rows = (await at.findings("f.status = 'ACTIVE'")).slice(0, 2);
    const { actId } = await runOperation(commentOnFindings, at.deps, ines, { selection: picked(rows), body: 'Oh' });
    await runOperation(setFindingStatus, at.deps, ines, { selection: picked(rows), status: 'in-progress' });
    expect(await runOperation(undoTriageAct, at.deps, ines, { actId })).toMatchObject({ applied: 2, skipped: [] });
    const comments = await runOperation(listFindingComments, at.deps, ines, { id: rows[0]?.id });
    expect(comments).toMatchObject([{ body: '', isDeleted: true }]);
    expect((await at.findings(`f.id = ${rows[0]?.row}`))[0]?.team_status).toBe('in-progress');
  });
});

describe('what undo needed', () => {
  it('goes away later, and what became of the act stays', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const before = await runOperation(setFindingStatus, at.deps, ines, { selection: matching(), ...ACCEPT });
    const { pool } = at.fixture.database;
    const remove = () => removeSpentActs(sqlOfPool(pool), at.clock.now);
    expect(await remove()).toBe(0);
    later(61);
    expect(await remove()).toBe(before.findings);
    expect(await remove()).toBe(0);
    const { undoUntil, ...report } = await runOperation(getTriageAct, at.deps, ines, { actId: before.actId });
    const { undoUntil: _, jobId: __, ...said } = before;
    expect([report, undoUntil]).toEqual([said, null]);
  });
});

describe('assigning', () => {
  it('gives findings to a person and a team, and only to a person who may see them', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const lena = await at.person('Lena Ode', 'lead', ['100000000001']);
    const open = await at.findings("f.status = 'ACTIVE'");
    const seen = open.filter(({ account_id }) => account_id === '100000000001').length;
    const answer = await runOperation(assignFindings, at.deps, ines, {
      selection: matching(),
      owner: lena.userId,
      team: 'payments',
    });
    expect(answer.applied).toBe(seen);
    expect(answer.skipped).toMatchObject([{ reason: 'owner', count: open.length - seen }]);
    expect((await at.events())[0]?.detail).toBe('Assigned to Lena Ode and team payments.');
    const nobody = await runOperation(assignFindings, at.deps, ines, { selection: matching(), owner: null });
    expect(nobody.applied).toBe(open.length);
    expect(await at.findings("f.owner is not null or (f.team = 'payments' and not f.assigned)")).toEqual([]);
    expect((await at.findings("f.team = 'payments'")).length).toBe(seen);
  });

  it('refuses a person who is not there or may not read findings', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const fin = await at.person('Fin Anders', 'finance');
    for (const owner of ['nobody', fin.userId]) {
      await expect(runOperation(assignFindings, at.deps, ines, { selection: matching(), owner })).rejects.toMatchObject(
        { code: 'invalid-input' },
      );
    }
    await expect(runOperation(assignFindings, at.deps, ines, { selection: matching() })).rejects.toMatchObject({
      message: 'Name a person or a team.',
    });
  });
});

describe('undo', () => {
  it('gives back exactly what nobody changed since, and says who changed the rest', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const tom = await at.person('Tom Reyes', 'triage');
    const before = await at.findings("f.status = 'ACTIVE'");
    const { actId, applied } = await runOperation(setFindingStatus, at.deps, ines, {
      selection: matching(),
      ...ACCEPT,
    });
    later(3);
    const taken = (await at.findings("f.status = 'SUPPRESSED'")).slice(0, 5);
    await runOperation(setFindingStatus, at.deps, tom, { selection: picked(taken), status: 'in-progress' });
    const history = await at.events();
    later(3);
    const undone = await runOperation(undoTriageAct, at.deps, ines, { actId });

    expect(undone.applied).toBe(applied - 5);
    expect(undone.skipped).toMatchObject([{ reason: 'changed', count: 5 }]);
    expect(undone.skipped[0]?.examples[0]?.lastChange).toMatchObject({ by: 'Tom Reyes', what: 'In progress.' });
    const rows = new Set(taken.map(({ row }) => row));
    const after = (await at.findings("f.status = 'ACTIVE'")).filter(({ row }) => !rows.has(row));
    const same = (list: typeof before) =>
      list.filter(({ row }) => !rows.has(row)).map(({ version: _, ...rest }) => rest);
    expect(same(after)).toEqual(same(before));
    expect((await at.events()).slice(0, history.length)).toEqual(history);
    expect((await at.events("kind = 'undo'")).length).toBe(applied - 5);
  });

  it('is possible once, for ten minutes, and for one’s own acts', async () => {
    const ines = await at.person('Ines Kovar', 'security');
    const tom = await at.person('Tom Reyes', 'security');
    const [one, two] = await at.findings("f.status = 'ACTIVE'");
    const first = await runOperation(setFindingStatus, at.deps, ines, {
      selection: picked(one ? [one] : []),
      ...ACCEPT,
    });
    const second = await runOperation(setFindingStatus, at.deps, ines, {
      selection: picked(two ? [two] : []),
      ...ACCEPT,
    });
    const undo = (caller: typeof ines, actId: string) => runOperation(undoTriageAct, at.deps, caller, { actId });

    await expect(undo(tom, first.actId)).rejects.toMatchObject({ code: 'not-found' });
    expect((await undo(ines, first.actId)).applied).toBe(1);
    await expect(undo(ines, first.actId)).rejects.toMatchObject({ code: 'conflict' });
    later(11);
    await expect(undo(ines, second.actId)).rejects.toMatchObject({ code: 'conflict' });
  });
});
