import { describe, expect, it } from 'vitest';
import type { Caller, Role } from '../model/permissions.ts';
import type { Approval, ListedRule, RuleFigures, SuppressionRule } from '../model/suppression.ts';
import {
  approvalOf,
  beforeExploitation,
  dueStep,
  faultsOfDraft,
  hasTwoPeople,
  isApproved,
  isInForce,
  needsTwo,
  readRuleQuery,
  refusalsOf,
  refusedApproval,
  refusedAsBroad,
  refusedEnding,
  refusedExtension,
  storedRuleQuery,
} from './suppression.ts';
import { alarmsOf } from './suppression-alarms.ts';
import { summaryOf } from './suppression-summary.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const NONE = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNTRIAGED: 0 };

const caller = (userId: string, role: Role, accounts: Caller['accounts'] = null) => ({
  userId,
  name: userId,
  role,
  accounts,
});
const yes = (userId: string, writes = true): Approval => ({ userId, name: userId, at: NOW, writes });

function rule(change: Partial<SuppressionRule> = {}): SuppressionRule {
  return {
    id: '1',
    name: 'build-hosts',
    query: 'severity:low',
    origin: 'person',
    reason: 'They are rebuilt every night.',
    owner: 'ana',
    createdBy: 'ana',
    createdAt: NOW,
    startsAt: NOW,
    endsAt: inDays(30),
    state: 'active',
    accounts: null,
    approvals: [yes('ana')],
    knownExploited: [],
    inForce: true,
    revision: 0,
    appliedAt: NOW,
    lastMatchedAt: NOW,
    endedAt: null,
    endedBy: null,
    endReason: null,
    proposedEnd: null,
    ...change,
  };
}

function figures(change: Partial<RuleFigures> = {}): RuleFigures {
  return {
    hidden: 5,
    hiddenSince: 0,
    severities: NONE,
    knownExploited: 0,
    matches: true,
    newlyExploitedIds: [],
    spared: 0,
    open: 100,
    ...change,
  };
}

describe('the draft of a rule', () => {
  const draft = { name: 'build-hosts', reason: 'Rebuilt every night.', startsAt: NOW, endsAt: inDays(180) };

  it.each<[string, object, readonly string[]]>([
    ['of 180 days is fine', {}, []],
    ['of more than 180 days is refused', { endsAt: inDays(181) }, ['endsAt']],
    ['that ends before it begins is refused', { startsAt: inDays(3), endsAt: inDays(2) }, ['endsAt']],
    ['that has ended already is refused', { startsAt: inDays(-3), endsAt: inDays(-1) }, ['endsAt']],
    ['that begins later may last 180 days from then', { startsAt: inDays(10), endsAt: inDays(190) }, []],
    ['that began long ago lasts 180 days from today', { startsAt: inDays(-100), endsAt: inDays(181) }, ['endsAt']],
    ['needs a reason', { reason: '  ' }, ['reason']],
    ['has a reason that people read to its end', { reason: 'x'.repeat(513) }, ['reason']],
    ['has a name of three characters at least', { name: 'ab' }, ['name']],
    ['has a name without spaces', { name: 'build hosts' }, ['name']],
  ])('%s', (_rule, change, faults) => {
    expect(Object.keys(faultsOfDraft({ ...draft, ...change }, NOW))).toEqual(faults);
  });
});

describe('the query of a rule', () => {
  it.each([
    ['is kept in its canonical spelling', 'sev:LOW  pkg:curl', 'severity:low package:curl'],
    ['is about open findings without saying so', 'is:open severity:low', 'severity:low'],
    ['names its author in place of "me"', 'owner:me', 'owner:ana'],
  ])('%s', (_rule, text, canonical) => {
    const read = readRuleQuery(text, 'ana');

    expect(read).toMatchObject({ text: canonical });
    expect('query' in read && storedRuleQuery(canonical)).toEqual('query' in read && read.query);
  });

  it.each([
    ['without a condition would hide everything', '', /at least one condition/],
    ['that asks for open findings alone would hide everything', 'is:open', /at least one condition/],
    ['must not ask for what it changes itself', 'severity:low is:suppressed', /cannot ask for is:/],
    ['must not exclude what it changes itself', 'severity:low -status:suppressed', /cannot ask for status:/],
    ['must not ask when a finding was changed', 'updated:<7d', /cannot ask for updated:/],
    ['with a wrong part is refused whole', 'severity:low colour:red', /no key/],
  ])('%s', (_rule, text, error) => {
    expect(readRuleQuery(text, 'ana')).toEqual({ error: expect.stringMatching(error) });
  });

  it('is asked without its word on exploits when the past is judged', () => {
    const past = (text: string) => beforeExploitation(storedRuleQuery(text) ?? { terms: [] })?.terms.length ?? null;

    expect(past('severity:low exploit:none')).toBe(1);
    expect(past('severity:low -exploit:kev')).toBe(1);
    expect(past('severity:low exploit:kev')).toBeNull();
    expect(past('severity:low')).toBe(1);
  });
});

describe('approval', () => {
  it('a lead’s word alone brings no rule into force', () => {
    const lead = approvalOf(caller('leo', 'lead'), NOW);

    expect(isApproved([lead], false)).toBe(false);
    expect(isApproved([lead, yes('sam')], false)).toBe(true);
  });

  it('known exploited and critical findings need two different people, one of whom may write', () => {
    expect(needsTwo({ severities: { ...NONE, CRITICAL: 1 }, knownExploited: 0 })).toBe(true);
    expect(needsTwo({ severities: NONE, knownExploited: 1 })).toBe(true);
    expect(needsTwo({ severities: { ...NONE, HIGH: 9 }, knownExploited: 0 })).toBe(false);
    expect(isApproved([yes('sam')], true)).toBe(false);
    expect(isApproved([yes('sam'), yes('sam')], true)).toBe(false);
    expect(isApproved([yes('leo', false), yes('lia', false)], true)).toBe(false);
    expect(hasTwoPeople([yes('leo', false), yes('sam')])).toBe(true);
  });

  it.each<[string, Partial<SuppressionRule>, ReturnType<typeof caller>, RegExp | null]>([
    ['belongs to Security', { state: 'proposed' }, caller('sam', 'security'), null],
    ['is not a lead’s', { state: 'proposed' }, caller('leo', 'lead'), /propose rules and not approve/],
    ['is not the author’s own twice', { state: 'proposed' }, caller('ana', 'security'), /another person/],
    ['needs sight of every account of the rule', {}, caller('sam', 'security', ['1']), /outside your scope/],
    ['reaches as far as the rule', { accounts: ['1'] }, caller('sam', 'security', ['1', '2']), null],
    ['comes too late once it has ended', { state: 'ended' }, caller('sam', 'admin'), /has ended/],
    ['is not for suppliers’ statements', { origin: 'vex' }, caller('sam', 'admin'), /supplier/],
    ['by a third person changes nothing', { approvals: [yes('a'), yes('b')] }, caller('sam', 'admin'), /Two people/],
    [
      'of a later end is another person’s',
      { proposedEnd: { endsAt: inDays(60), reason: 'still', by: yes('sam') } },
      caller('sam', 'admin'),
      /another person/,
    ],
    [
      'of a later end may be the author’s',
      { proposedEnd: { endsAt: inDays(60), reason: 'still', by: yes('sam') } },
      caller('ana', 'admin'),
      null,
    ],
  ])('%s', (_rule, change, by, refused) => {
    const answer = refusedApproval(rule(change), by);

    expect(answer).toEqual(refused === null ? null : expect.stringMatching(refused));
  });

  it('a rule that would hide more than a fifth of all open findings is refused with the figures', () => {
    expect(refusedAsBroad({ total: 20, open: 100 })).toBeNull();
    expect(refusedAsBroad({ total: 21, open: 100 })).toMatch(/21 of 100 open findings \(21 %\)/);
    expect(refusedAsBroad({ total: 100, open: 100 })).not.toBeNull();
    expect(refusedAsBroad({ total: 3, open: 4 })).toBeNull();
  });
});

describe('the life of a rule', () => {
  it('it is in force from its beginning on and up to its end', () => {
    const one = rule({ startsAt: inDays(1), endsAt: inDays(2) });

    expect([0, 1, 1.5, 2].map((days) => isInForce(one, inDays(days)))).toEqual([false, true, true, false]);
    expect(isInForce(rule({ state: 'proposed' }), NOW)).toBe(false);
    expect(isInForce(rule({ endsAt: null, origin: 'vex' }), inDays(9_999))).toBe(true);
  });

  it('time begins it, ends it, and ends what nobody approved', () => {
    expect(dueStep(rule({ inForce: false }), NOW)).toBe('begin');
    expect(dueStep(rule({ inForce: false, startsAt: inDays(1) }), NOW)).toBeNull();
    expect(dueStep(rule(), NOW)).toBeNull();
    expect(dueStep(rule(), inDays(30))).toBe('end');
    expect(dueStep(rule({ state: 'proposed', inForce: false }), inDays(30))).toBe('end');
    expect(dueStep(rule({ state: 'ended', inForce: false }), inDays(30))).toBeNull();
  });

  it('its author may end it, and others with the right', () => {
    expect(refusedEnding(rule(), caller('ana', 'lead'))).toBeNull();
    expect(refusedEnding(rule({ createdBy: 'leo', owner: 'ana' }), caller('ana', 'lead'))).toBeNull();
    expect(refusedEnding(rule(), caller('leo', 'lead'))).toMatch(/Only its author/);
    expect(refusedEnding(rule(), caller('sam', 'security'))).toBeNull();
    expect(refusedEnding(rule({ accounts: ['1', '2'] }), caller('sam', 'security', ['1']))).toMatch(
      /outside your scope/,
    );
  });

  it('it is extended to a later day within 180 days', () => {
    const sam = caller('sam', 'security');

    expect(refusedExtension(rule(), sam, inDays(180), NOW)).toBeNull();
    expect(refusedExtension(rule(), sam, inDays(181), NOW)).toMatch(/180 days/);
    expect(refusedExtension(rule(), sam, inDays(29), NOW)).toMatch(/to shorten/);
    expect(refusedExtension(rule({ state: 'proposed' }), sam, inDays(60), NOW)).toMatch(/active/);
  });
});

describe('the alarms of a rule', () => {
  const kinds = (change: Partial<RuleFigures>, of: Partial<SuppressionRule> = {}, now = NOW) =>
    alarmsOf(rule(of), figures(change), now).map(({ kind }) => kind);

  it('a rule that does what it is for raises none', () => {
    expect(kinds({})).toEqual([]);
  });

  it('a rule that matches nothing is told, once it has been applied', () => {
    expect(kinds({ hidden: 0, matches: false })).toEqual(['matches-nothing']);
    expect(kinds({ hidden: 0, matches: true })).toEqual([]);
    expect(kinds({ hidden: 0, matches: false }, { appliedAt: null })).toEqual([]);
  });

  it('what became known to be exploited under a rule is named', () => {
    const [alarm] = alarmsOf(rule(), figures({ newlyExploitedIds: ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'] }), NOW);

    expect(alarm).toMatchObject({ kind: 'newly-exploited', message: expect.stringContaining('CVE-3 and 1 more') });
  });

  it('what waits in sight for a second person is counted', () => {
    expect(kinds({ spared: 2 })).toEqual(['spares']);
  });

  it('a rule that has grown too broad is told, and one that ends within a week', () => {
    expect(kinds({ hidden: 21 })).toEqual(['broad']);
    expect(kinds({}, {}, inDays(23))).toEqual(['ends-soon']);
    expect(kinds({}, {}, inDays(22.9))).toEqual([]);
  });

  it('a rule that is not in force raises none', () => {
    expect(kinds({ matches: false }, { state: 'proposed', inForce: false })).toEqual([]);
  });
});

describe('what the reader may do', () => {
  it.each<[string, Parameters<typeof rule>[0], ReturnType<typeof caller>, object]>([
    [
      'is nothing without the right',
      {},
      caller('vic', 'viewer'),
      { approve: /Your role/, end: /Your role/, extend: /Your role/ },
    ],
    [
      'is to end and extend the own rule',
      {},
      caller('ana', 'lead'),
      { approve: /may propose/, end: null, extend: null },
    ],
    [
      'is not to extend what has not begun',
      { state: 'proposed' },
      caller('sam', 'security'),
      { approve: null, end: null, extend: /active/ },
    ],
    ['is not to extend beyond 180 days', { endsAt: inDays(180) }, caller('sam', 'security'), { extend: /180 days/ }],
  ])('%s', (_rule, change, by, wanted) => {
    const refused = refusalsOf(rule(change), by, NOW);

    for (const [act, sentence] of Object.entries(wanted)) {
      const found = refused[act as keyof typeof refused];
      if (sentence === null) expect(found).toBeNull();
      else expect(found).toMatch(sentence);
    }
  });
});

describe('the head of the page', () => {
  it('adds up what rules hide and what needs a person', () => {
    const listed = (change: Partial<SuppressionRule>, own: Partial<RuleFigures>): ListedRule => {
      const one = rule(change);
      return {
        ...one,
        figures: figures(own),
        alarms: alarmsOf(one, figures(own), NOW),
        authorName: 'Ana',
        ownerName: 'Ana',
        refused: { approve: null, end: null, extend: null },
      };
    };
    const rules = [
      listed({}, { hidden: 7, severities: { ...NONE, CRITICAL: 1, HIGH: 2, LOW: 4 } }),
      listed({ endsAt: inDays(3) }, { hidden: 1, severities: { ...NONE, HIGH: 1 }, newlyExploitedIds: ['CVE-1'] }),
      listed({}, { hidden: 0, matches: false }),
      listed({ state: 'proposed', inForce: false }, { hidden: 0 }),
    ];

    expect(summaryOf(rules)).toEqual({
      rules: 4,
      hidden: 8,
      critical: 1,
      high: 3,
      waiting: 1,
      endingSoon: 1,
      matchingNothing: 1,
      newlyExploited: 1,
    });
  });
});
