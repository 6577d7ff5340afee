import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceId } from '../../core/model/ids.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { Severity } from '../../core/model/severity.ts';
import { openRuleFixture, type RuleFixture } from '../../testing/rule-fixture.ts';
import { addResource, observationOf, reportFindings } from '../../testing/store-fixture.ts';
import { type Operation, runOperation } from '../operation.ts';
import { approveSuppressionRule } from './approve-suppression-rule.ts';
import { endSuppressionRule } from './end-suppression-rule.ts';
import { extendSuppressionRule } from './extend-suppression-rule.ts';
import { listRuleOwners } from './list-rule-owners.ts';
import { listSuppressionRules } from './list-suppression-rules.ts';
import { previewSuppressionRule } from './preview-suppression-rule.ts';

const PAYMENTS = '111122223333';
const SEARCH = '444455556666';
const OTHERS = '777788889999';

let fixture: RuleFixture;
let host: ResourceId;

beforeEach(async () => {
  fixture = await openRuleFixture();
  host = await addResource(fixture.stores, 'i-1');
});

afterEach(() => fixture?.close());

const low = (id: string) => observationOf(host, id, { severity: 'LOW', score: 2 });
const high = (id: string) => observationOf(host, id);
const exploited = (id: string, severity: Severity = 'LOW') => observationOf(host, id, { severity, kev: true });

function report(...observations: Parameters<typeof reportFindings>[2]) {
  return reportFindings(fixture.stores, host, observations, { at: fixture.now() });
}

function ask<Input, Output>(operation: Operation<Input, Output>, by: Caller, input: object): Promise<Output> {
  return runOperation(operation, fixture.deps, by, input);
}

async function events() {
  const { rows } = await fixture.database.pool.query(
    "select kind, cause, actor, status, status_before from finding_event where cause = 'rule' order by id",
  );
  return rows;
}

describe('a rule', () => {
  it('hides at once what is there and what comes, and gives it back when it ends, as if it had never been', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(low('CVE-1'), high('CVE-2'));
    const before = await fixture.standing();

    const made = await fixture.write(sam, 'low-noise', 'severity:low');
    await report(low('CVE-1'), high('CVE-2'), low('CVE-3'));
    const hidden = await fixture.standing();
    const counted = await fixture.counts();
    await ask(endSuppressionRule, sam, { id: made.id, reason: 'Not right any more.' });

    expect(before).toEqual(['CVE-1 ACTIVE', 'CVE-2 ACTIVE']);
    expect(made).toMatchObject({ state: 'active', changed: 1, needsApproval: false, jobId: null });
    expect(hidden).toEqual(['CVE-1 SUPPRESSED', 'CVE-2 ACTIVE', 'CVE-3 SUPPRESSED']);
    expect(counted.kept).toEqual(counted.anew);
    expect(await fixture.standing()).toEqual(['CVE-1 ACTIVE', 'CVE-2 ACTIVE', 'CVE-3 ACTIVE']);
    expect((await fixture.states()).every(({ rule }) => rule === null)).toBe(true);
    const after = await fixture.counts();
    expect(after.kept).toEqual(after.anew);
  });

  it('is told to the history of each finding that it hides and gives back', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(low('CVE-1'));
    const { id } = await fixture.write(sam, 'low-noise', 'severity:low');
    await ask(endSuppressionRule, sam, { id, reason: 'Not right any more.' });

    expect(await events()).toEqual([
      { kind: 'suppress', cause: 'rule', actor: `rule:${id}`, status: 'SUPPRESSED', status_before: 'ACTIVE' },
      { kind: 'unsuppress', cause: 'rule', actor: `rule:${id}`, status: 'ACTIVE', status_before: 'SUPPRESSED' },
    ]);
  });

  it('never closes a finding and never keeps one from closing, and hides it again when it is back', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(low('CVE-1'));
    await fixture.write(sam, 'low-noise', 'severity:low');
    fixture.passDays(1);
    await report();
    const closed = await fixture.states();
    fixture.passDays(1);
    await report(low('CVE-1'));

    expect(closed).toEqual([{ vulnerability: 'CVE-1', status: 'CLOSED', rule: null }]);
    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED']);
  });

  it('lets go of a finding that changed into something else', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(low('CVE-1'));
    await fixture.write(sam, 'low-noise', 'severity:low');
    fixture.passDays(1);
    await report(high('CVE-1'));

    expect(await fixture.standing()).toEqual(['CVE-1 ACTIVE']);
  });

  it('that ends leaves hidden what another one hides too', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(low('CVE-1'), low('CVE-2'));
    const first = await fixture.write(sam, 'low-noise', 'severity:low');
    const second = await fixture.write(sam, 'just-one', 'cve:CVE-1');
    const both = await fixture.states();
    await ask(endSuppressionRule, sam, { id: first.id, reason: 'Not right any more.' });

    expect(both.map(({ rule }) => rule)).toEqual([first.id, first.id]);
    expect(await fixture.states()).toEqual([
      { vulnerability: 'CVE-1', status: 'SUPPRESSED', rule: second.id },
      { vulnerability: 'CVE-2', status: 'ACTIVE', rule: null },
    ]);
    expect(await events()).toHaveLength(3);
  });

  it('does not undo what a person accepted', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(low('CVE-1'));
    await fixture.database.pool.query("update finding set team_status = 'accepted', status = 'SUPPRESSED'");
    const { id } = await fixture.write(sam, 'low-noise', 'severity:low');
    await ask(endSuppressionRule, sam, { id, reason: 'Not right any more.' });

    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED']);
    expect(await events()).toEqual([]);
  });

  it('that would hide more than a fifth of what is open is blocked with the figures, and changes nothing', async () => {
    const sam = await fixture.person('sam', 'security');
    await report(...Array.from({ length: 30 }, (_, n) => (n < 12 ? low(`CVE-${n}`) : high(`CVE-${n}`))));

    const preview = await ask(previewSuppressionRule, sam, { query: 'severity:low' });
    const made = fixture.write(sam, 'low-noise', 'severity:low');

    await expect(made).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { query: expect.stringMatching(/at most 20 %/) },
    });
    expect(preview).toMatchObject({ refused: expect.stringMatching(/of 30 open findings/) });
    expect((await fixture.standing()).every((line) => line.endsWith('ACTIVE'))).toBe(true);
    expect((await fixture.database.pool.query('select from suppression_rule')).rowCount).toBe(0);
  });

  it('has a name of its own, a reason, an owner who exists and a query that can be asked', async () => {
    const sam = await fixture.person('sam', 'security');
    await fixture.write(sam, 'low-noise', 'severity:low');

    await expect(fixture.write(sam, 'Low-Noise', 'severity:low')).rejects.toMatchObject({ code: 'conflict' });
    await expect(fixture.write(sam, 'b', 'severity:low')).rejects.toThrow(/3 to 64/);
    await expect(fixture.write(sam, 'other', 'severity:low', { reason: ' ' })).rejects.toThrow(/why/);
    await expect(fixture.write(sam, 'other', 'severity:low', { owner: 'nobody' })).rejects.toThrow(/no such person/);
    await expect(fixture.write(sam, 'other', 'is:suppressed')).rejects.toThrow(/cannot ask for is:/);
    await expect(fixture.write(sam, 'other', 'port:22')).rejects.toThrow(/cannot ask for port: yet/);
    await expect(fixture.write(sam, 'other', 'severity:low', { endsAt: fixture.inDays(181) })).rejects.toThrow(
      /180 days/,
    );
  });

  it('writes what was done to it into the activity record', async () => {
    const sam = await fixture.person('sam', 'security');
    const { id } = await fixture.write(sam, 'low-noise', 'severity:low');
    await ask(extendSuppressionRule, sam, { id, endsAt: fixture.inDays(60), reason: 'Still right.' });
    await ask(endSuppressionRule, sam, { id, reason: 'Not right any more.' });

    const { rows } = await fixture.database.pool.query('select actor, action, object from activity order by id');
    expect(rows).toEqual(
      ['created', 'extended', 'ended'].map((action) => ({
        actor: 'sam@example.com',
        action: `suppression-rule-${action}`,
        object: 'low-noise',
      })),
    );
  });
});

describe('rights', () => {
  it('a lead of two accounts proposes, and nothing of a third is ever hidden', async () => {
    const lead = await fixture.person('leo', 'lead', [PAYMENTS, SEARCH]);
    const sam = await fixture.person('sam', 'security');
    const hosts = await Promise.all(
      [SEARCH, OTHERS].map((accountId) => addResource(fixture.stores, `i-${accountId}`, { accountId })),
    );
    await report(low('CVE-1'));
    for (const one of hosts) {
      await reportFindings(fixture.stores, one, [observationOf(one, 'CVE-1', { severity: 'LOW' })]);
    }

    const preview = await ask(previewSuppressionRule, lead, { query: 'severity:low' });
    const made = await fixture.write(lead, 'low-noise', 'severity:low');
    const proposed = await fixture.standing();
    await ask(approveSuppressionRule, sam, { id: made.id });

    expect(preview.effect).toMatchObject({ total: 2, open: 2 });
    expect(made).toMatchObject({ state: 'proposed', needsApproval: true });
    expect(proposed).toEqual(['CVE-1 ACTIVE', 'CVE-1 ACTIVE', 'CVE-1 ACTIVE']);
    const { rows } = await fixture.database.pool.query('select account_id as account, status from finding order by 1');
    expect(rows).toEqual([
      { account: PAYMENTS, status: 'SUPPRESSED' },
      { account: SEARCH, status: 'SUPPRESSED' },
      { account: OTHERS, status: 'ACTIVE' },
    ]);
  });

  it('people without the right write, approve and end nothing', async () => {
    const viewer = await fixture.person('vic', 'viewer');
    const triage = await fixture.person('tom', 'triage');
    const lead = await fixture.person('leo', 'lead');
    const sam = await fixture.person('sam', 'security');
    const proposed = await fixture.write(lead, 'proposed', 'severity:low');
    const active = await fixture.write(sam, 'active', 'severity:low');

    await expect(fixture.write(viewer, 'mine', 'severity:low')).rejects.toMatchObject({ code: 'access-denied' });
    await expect(fixture.write(triage, 'mine', 'severity:low')).rejects.toMatchObject({ code: 'access-denied' });
    await expect(ask(approveSuppressionRule, lead, { id: proposed.id })).rejects.toMatchObject({
      code: 'access-denied',
    });
    await expect(ask(endSuppressionRule, lead, { id: active.id, reason: 'No.' })).rejects.toMatchObject({
      code: 'access-denied',
    });
    await expect(ask(endSuppressionRule, lead, { id: proposed.id, reason: 'No.' })).resolves.toMatchObject({
      changed: 0,
    });
  });

  it('a rule of other accounts is not there for its reader, and figures count the reader’s accounts alone', async () => {
    const sam = await fixture.person('sam', 'security');
    const narrow = await fixture.person('nia', 'security', [PAYMENTS]);
    const stranger = await fixture.person('sue', 'security', [SEARCH]);
    const other = await addResource(fixture.stores, 'i-2', { accountId: OTHERS });
    await report(low('CVE-1'));
    await reportFindings(fixture.stores, other, [observationOf(other, 'CVE-1', { severity: 'LOW' })]);
    const all = await fixture.write(sam, 'all-accounts', 'severity:low');
    const own = await fixture.write(narrow, 'own-accounts', 'package:openssl');

    const seen = async (by: typeof sam) =>
      (await ask(listSuppressionRules, by, {})).rules.map(({ name, figures }) => [name, figures.hidden]);

    expect(await seen(sam)).toEqual([
      ['own-accounts', 0],
      ['all-accounts', 2],
    ]);
    expect(await seen(narrow)).toEqual([
      ['own-accounts', 0],
      ['all-accounts', 1],
    ]);
    expect(await seen(stranger)).toEqual([['all-accounts', 0]]);
    await expect(ask(endSuppressionRule, stranger, { id: own.id, reason: 'No.' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(ask(endSuppressionRule, narrow, { id: all.id, reason: 'No.' })).rejects.toMatchObject({
      code: 'access-denied',
    });
  });
});

describe('who may answer for a rule', () => {
  it('is everybody who may sign in and read findings', async () => {
    const sam = await fixture.person('sam', 'security');
    await fixture.person('fay', 'finance');
    await fixture.person('vic', 'viewer');
    const gone = await fixture.person('gus', 'triage');
    await fixture.deps.users.update(gone.userId, { disabled: true });

    expect((await ask(listRuleOwners, sam, {})).map(({ name }) => name)).toEqual(['sam', 'vic']);
  });
});

describe('a resource', () => {
  it('that moves out of the accounts of a rule, or gets another tag, is judged at once', async () => {
    const narrow = await fixture.person('nia', 'security', [PAYMENTS]);
    await report(low('CVE-1'));
    await fixture.write(narrow, 'own-accounts', 'severity:low -tag.Keep:yes');
    const move = (accountId: string, tags: Record<string, string> = {}) =>
      addResource(fixture.stores, 'i-1', { accountId, tags });
    const standings = [await fixture.standing()];
    for (const [account, tags] of [[OTHERS], [PAYMENTS], [PAYMENTS, { Keep: 'yes' }]] as const) {
      await move(account, tags);
      standings.push(await fixture.standing());
    }

    expect(standings.flat()).toEqual(['CVE-1 SUPPRESSED', 'CVE-1 ACTIVE', 'CVE-1 SUPPRESSED', 'CVE-1 ACTIVE']);
  });
});

describe('known exploited and critical findings', () => {
  it('are hidden when two different people agree', async () => {
    const sam = await fixture.person('sam', 'security');
    const ada = await fixture.person('ada', 'admin');
    await report(exploited('CVE-1'), low('CVE-2'));

    const preview = await ask(previewSuppressionRule, sam, { query: 'severity:low' });
    const made = await fixture.write(sam, 'low-noise', 'severity:low');
    const waiting = await fixture.standing();
    await expect(ask(approveSuppressionRule, sam, { id: made.id })).rejects.toMatchObject({ code: 'access-denied' });
    const approved = await ask(approveSuppressionRule, ada, { id: made.id });

    expect(preview).toMatchObject({
      needsTwo: true,
      effect: { total: 2, knownExploited: 1, knownExploitedIds: ['CVE-1'] },
    });
    expect(made).toMatchObject({ state: 'proposed', needsApproval: true, changed: 0 });
    expect(waiting).toEqual(['CVE-1 ACTIVE', 'CVE-2 ACTIVE']);
    expect(approved).toMatchObject({ state: 'active', changed: 2 });
    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED', 'CVE-2 SUPPRESSED']);
  });

  it('that come later stay in sight under one person’s rule, with an alarm, until a second person agrees', async () => {
    const sam = await fixture.person('sam', 'security');
    const ada = await fixture.person('ada', 'admin');
    await report(low('CVE-1'));
    const { id } = await fixture.write(sam, 'openssl', 'package:openssl');
    fixture.passDays(1);
    await report(exploited('CVE-1'), observationOf(host, 'CVE-2', { severity: 'CRITICAL' }), low('CVE-3'));
    const spared = await fixture.standing();
    const [listed] = (await ask(listSuppressionRules, sam, {})).rules;
    await ask(approveSuppressionRule, ada, { id });

    expect(spared).toEqual(['CVE-1 ACTIVE', 'CVE-2 ACTIVE', 'CVE-3 SUPPRESSED']);
    expect(listed).toMatchObject({
      figures: { spared: 2, hidden: 1, hiddenSince: 1 },
      alarms: [{ kind: 'spares' }],
      authorName: 'sam',
      ownerName: 'sam',
      refused: { approve: expect.stringContaining('another person'), end: null, extend: null },
    });
    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED', 'CVE-2 SUPPRESSED', 'CVE-3 SUPPRESSED']);
  });

  it('are not hidden longer by one person alone', async () => {
    const sam = await fixture.person('sam', 'security');
    const ada = await fixture.person('ada', 'admin');
    await report(exploited('CVE-1'));
    const { id } = await fixture.write(sam, 'low-noise', 'severity:low');
    await ask(approveSuppressionRule, ada, { id });
    const endsAt = fixture.inDays(90);
    const endOf = async () => (await fixture.deps.suppression.byId(id))?.endsAt;
    const asked = await ask(extendSuppressionRule, sam, { id, endsAt, reason: 'Still right.' });
    const before = await endOf();
    await expect(ask(approveSuppressionRule, sam, { id })).rejects.toThrow(/another person/);
    await ask(approveSuppressionRule, ada, { id });

    expect(asked).toEqual({ needsApproval: true });
    expect(before).toEqual(fixture.inDays(30));
    expect(await endOf()).toEqual(endsAt);
  });
});

describe('alarms', () => {
  const alarms = async (by: Caller) =>
    (await ask(listSuppressionRules, by, {})).rules.flatMap((rule) =>
      rule.alarms.map(({ kind }) => `${rule.name}: ${kind}`),
    );

  it('tell what matches nothing, what ends soon and what became known to be exploited', async () => {
    const sam = await fixture.person('sam', 'security');
    const ada = await fixture.person('ada', 'admin');
    await report(observationOf(host, 'CVE-1', { severity: 'CRITICAL' }), low('CVE-2'));
    const { id } = await fixture.write(sam, 'openssl', 'package:openssl');
    await ask(approveSuppressionRule, ada, { id });
    await fixture.write(sam, 'curl', 'package:curl');
    await fixture.write(sam, 'short', 'severity:low', { endsAt: fixture.inDays(5) });
    const quiet = await alarms(sam);

    fixture.passDays(1);
    const listed = exploited('CVE-2');
    const kev = listed.vulnerability.kev;
    await report(observationOf(host, 'CVE-1', { severity: 'CRITICAL' }), {
      ...listed,
      vulnerability: { ...listed.vulnerability, kev: kev && { ...kev, dateAdded: '2026-11-22' } },
    });

    expect(quiet).toEqual(['short: ends-soon', 'curl: matches-nothing']);
    expect(await alarms(sam)).toEqual(['short: ends-soon', 'curl: matches-nothing', 'openssl: newly-exploited']);
    expect(await fixture.standing()).toEqual(['CVE-1 SUPPRESSED', 'CVE-2 SUPPRESSED']);
  });
});

describe('a preview', () => {
  it('tells by severity what a rule would hide, what others hide already, and what it would have hidden before it was exploited', async () => {
    const sam = await fixture.person('sam', 'security');
    // Seen at the end of October by the clock of the report, listed as exploited on 1 November; one of them is closed.
    const early = { at: new Date('2026-10-30T12:00:00Z') };
    await reportFindings(fixture.stores, host, [exploited('CVE-1'), exploited('CVE-2', 'MEDIUM')], early);
    await report(exploited('CVE-2', 'MEDIUM'), low('CVE-3'), exploited('CVE-4'));
    const other = await fixture.write(sam, 'just-one', 'cve:CVE-3');

    const { effect, query } = await ask(previewSuppressionRule, sam, { query: 'is:open pkg:openssl' });
    const unexploited = await ask(previewSuppressionRule, sam, { query: 'exploit:none' });

    expect(query).toBe('package:openssl');
    expect(effect).toMatchObject({
      total: 3,
      severities: { CRITICAL: 0, MEDIUM: 1, LOW: 2 },
      knownExploited: 2,
      overlap: [{ ruleId: other.id, name: 'just-one', findings: 1 }],
      laterExploited: 2,
      laterExploitedIds: ['CVE-1', 'CVE-2'],
    });
    expect(unexploited.effect).toMatchObject({ total: 1, laterExploited: 2 });
  });
});
