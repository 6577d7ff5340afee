import { describe, expect, it } from 'vitest';
import { RIGHTS, ROLES } from '../model/permissions.ts';
import { acceptableSeverities, describeChange, mentionsIn, personMentioned, refusedChange } from './triage-change.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const DAY = 86_400_000;
const later = (days: number) => new Date(NOW.getTime() + days * DAY);
const caller = (role: (typeof ROLES)[number]) =>
  ({ userId: 'u', name: 'U', email: 'u@example.org', role, accounts: null, sessionId: 's' }) as const;

describe('a change', () => {
  it.each([
    [{ kind: 'snooze', until: later(-1) }, 'has passed'],
    [{ kind: 'snooze', until: later(91) }, 'at most 90 days'],
    [{ kind: 'snooze', until: new Date(Number.NaN) }, 'has passed'],
    [{ kind: 'assign' }, 'Name a person'],
    [{ kind: 'comment', body: ' ', mentions: [] }, 'empty'],
    [{ kind: 'status', status: 'open', reason: null, until: later(1) }, 'Only an acceptance'],
  ] as const)('that no finding could take is refused: %j', (change, sentence) => {
    expect(refusedChange(change, caller('security'), NOW)).toContain(sentence);
  });

  it.each([
    [{ kind: 'snooze', until: null }],
    [{ kind: 'assign', owner: null }],
    [{ kind: 'status', status: 'open', reason: null, until: null }],
    [{ kind: 'status', status: 'in-progress', reason: null, until: null }],
    [{ kind: 'status', status: 'accepted', reason: 'proxy', until: later(30) }],
  ] as const)('that depends on the finding is not: %j', (change) => {
    expect(refusedChange(change, caller('security'), NOW)).toBeNull();
  });

  it('is told in one sentence', () => {
    expect(describeChange({ kind: 'assign', owner: 'x', team: null }, 'Ines')).toBe('Assigned to Ines and no team.');
    expect(describeChange({ kind: 'status', status: 'accepted', reason: 'Why?', until: later(1) }, null)).toBe(
      'Accepted until 2026-11-25: Why?',
    );
  });
});

describe('accepting', () => {
  it.each(ROLES)('%s may accept what the table of rights says', (role) => {
    const severities = acceptableSeverities(caller(role), NOW);
    expect(severities.length > 0).toBe(
      RIGHTS[role].includes('risk:accept') && RIGHTS[role].includes('findings:triage'),
    );
    expect(severities.includes('CRITICAL')).toBe(role === 'security' || role === 'admin');
  });
});

describe('mentions', () => {
  const people = [
    { id: '1', name: 'Ines Kovar', email: 'ines.kovar@example.org' },
    { id: '2', name: 'Tom Reyes', email: 'tr@example.org' },
    { id: '3', name: 'Tom Reyes', email: 'tom2@example.org' },
  ];

  it('are words behind an @ that stands alone, without what ends a sentence', () => {
    expect(mentionsIn('@a.b, (@c-d) mail x@y.org and @e@f.org. @Ä! @@ @')).toEqual(['a.b', 'c-d', 'e@f.org', 'ä']);
    expect(mentionsIn(`${'@a '.repeat(10)}`)).toEqual(['a']);
    expect(mentionsIn(Array.from({ length: 90 }, (_, n) => `@p${n}`).join(' '))).toHaveLength(50);
  });

  it.each([
    ['ines.kovar@example.org', '1'],
    ['INES.KOVAR', '1'],
    ['ineskovar', '1'],
    ['tr', '2'],
    ['tom.reyes', null],
    ['nobody', null],
  ])('%s means one person or nobody', (mention, id) => {
    expect(personMentioned(mention, people)?.id ?? null).toBe(id);
  });

  it('in a hostile text are found before the test gives up waiting', () => {
    expect(mentionsIn('@'.repeat(100_000))).toEqual([]);
    expect(mentionsIn(`@${'a.'.repeat(50_000)}`)).toHaveLength(1);
    expect(mentionsIn('@a-'.repeat(30_000))).toHaveLength(1);
  });
});
