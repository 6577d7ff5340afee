import { describe, expect, it } from 'vitest';
import { dueDate } from './due-date.ts';

const seen = new Date('2026-11-01T10:00:00Z');

describe('the due date', () => {
  it.each([
    ['CRITICAL', null, '2026-11-08T10:00:00.000Z'],
    ['HIGH', null, '2026-12-01T10:00:00.000Z'],
    ['MEDIUM', null, '2027-01-30T10:00:00.000Z'],
    ['LOW', null, '2027-04-30T10:00:00.000Z'],
    ['INFORMATIONAL', null, null],
    ['UNTRIAGED', null, null],
    ['HIGH', '2026-11-10', '2026-11-10T23:59:59.000Z'],
    ['HIGH', '2021-12-24', '2026-11-04T10:00:00.000Z'],
    ['CRITICAL', '2027-01-01', '2026-11-08T10:00:00.000Z'],
    ['UNTRIAGED', '2026-11-10', '2026-11-10T23:59:59.000Z'],
    ['LOW', 'soon', '2027-04-30T10:00:00.000Z'],
  ] as const)('of %s with catalogue date %s is %s', (severity, kevDueDate, expected) => {
    expect(dueDate({ severity, kevDueDate, firstSeenAt: seen })?.toISOString() ?? null).toBe(expected);
  });
});
