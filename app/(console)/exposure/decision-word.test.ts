import { describe, expect, it } from 'vitest';
import type { IntendedMark } from '@/lib/core/model/intended.ts';
import { decisionWord } from './decision-word.ts';

const NOW = new Date('2026-02-01T12:00:00Z');
const MARK: IntendedMark = {
  state: 'intended',
  owner: 'Mara Klein',
  ownerId: 'mara',
  markedBy: 'Ines Kovar',
  markedAt: new Date('2026-01-01T00:00:00Z'),
  reason: 'Office',
  until: new Date('2026-03-02T00:00:00Z'),
  widenedAt: null,
  widened: null,
};
const OPEN = { status: 'ACTIVE', teamStatus: 'open', acceptedUntil: null, intended: null } as const;
const ACCEPTED = { ...OPEN, status: 'SUPPRESSED', teamStatus: 'accepted', acceptedUntil: MARK.until } as const;
const past = { until: new Date('2026-01-31T00:00:00Z') };

describe('what the team said of a path', () => {
  it.each([
    [OPEN, null, false],
    [{ ...OPEN, teamStatus: 'in-progress' } as const, null, false],
    [ACCEPTED, 'Accepted until 2 Mar', false],
    [{ ...ACCEPTED, teamStatus: 'false-positive' } as const, 'Called a false positive', false],
    [{ ...OPEN, status: 'SUPPRESSED' } as const, 'Hidden by a rule', false],
    [{ ...ACCEPTED, intended: MARK }, 'Intended until 2 Mar', false],
    [
      { ...ACCEPTED, intended: { ...MARK, until: new Date('2027-03-02T00:00:00Z') } },
      'Intended until 2 Mar 2027',
      false,
    ],
    // Its end has come, and nobody has looked at ends since.
    [{ ...ACCEPTED, intended: { ...MARK, ...past } }, 'Was intended until 31 Jan', true],
    [{ ...OPEN, intended: { ...MARK, ...past, state: 'ended' } as const }, 'Was intended until 31 Jan', true],
    [{ ...OPEN, intended: { ...MARK, state: 'widened' } as const }, 'Wider than intended', true],
  ])('%# is said in few words', (path, text, isAlarm) => {
    expect(decisionWord(path, NOW)).toEqual(text === null ? null : { text, isAlarm });
  });
});
