import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../model/severity.ts';
import { type SlaInput, type SlaPause, slaOf } from './sla.ts';
import { DEFAULT_SLA_POLICY, type SlaPolicy } from './sla-policy.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const seen = new Date('2026-11-01T10:00:00Z');
const at = (text: string): Date => new Date(text);

function input(fields: Partial<SlaInput> = {}): SlaInput {
  return { severity: 'HIGH', kevDueDate: null, firstObservedAt: seen, ...fields };
}

function pause(from: string, until: string): SlaPause {
  return { owner: 'Mara', reason: 'vendor patch in test', from: at(from), until: at(until) };
}

function due(fields: Partial<SlaInput>, policy: SlaPolicy = DEFAULT_SLA_POLICY): string | null {
  return slaOf(policy, input(fields)).dueAt?.toISOString() ?? null;
}

describe('the date by severity', () => {
  it.each([
    ['CRITICAL', false, '2026-11-08T10:00:00.000Z'],
    ['CRITICAL', true, '2026-11-04T22:00:00.000Z'],
    ['HIGH', null, '2026-12-01T10:00:00.000Z'],
    ['HIGH', true, '2026-11-16T10:00:00.000Z'],
    ['MEDIUM', false, '2027-01-30T10:00:00.000Z'],
    ['LOW', true, '2027-01-30T10:00:00.000Z'],
    ['INFORMATIONAL', true, null],
    ['UNTRIAGED', true, null],
  ] as const)('of %s, reached by the internet %s, is %s', (severity, exposed, expected) => {
    expect(due({ severity, exposed })).toBe(expected);
  });

  it.each([
    ['the first observation', {}, '2026-11-01T10:00:00.000Z'],
    ['a later fix', { fixPublishedAt: at('2026-11-05T00:00:00Z') }, '2026-11-05T00:00:00.000Z'],
    ['not an earlier fix', { fixPublishedAt: at('2025-01-01T00:00:00Z') }, '2026-11-01T10:00:00.000Z'],
    ['the end of settling', { resourceFirstSeenAt: seen }, '2026-11-02T10:00:00.000Z'],
    ['not the settling of long ago', { resourceFirstSeenAt: at('2026-10-01T00:00:00Z') }, '2026-11-01T10:00:00.000Z'],
    [
      'the latest of all',
      { resourceFirstSeenAt: seen, fixPublishedAt: at('2026-11-09T00:00:00Z') },
      '2026-11-09T00:00:00.000Z',
    ],
  ])('counts from %s', (_, fields, expected) => {
    expect(slaOf(DEFAULT_SLA_POLICY, input(fields)).startedAt.toISOString()).toBe(expected);
  });

  it('counts from the observation where the policy does not wait for a fix', () => {
    const policy = { ...DEFAULT_SLA_POLICY, fromFix: false };

    expect(due({ fixPublishedAt: at('2026-11-05T00:00:00Z') }, policy)).toBe('2026-12-01T10:00:00.000Z');
  });
});

describe('what is known to be exploited', () => {
  it.each([
    ['HIGH', '2026-11-10', '2026-11-10T23:59:59.000Z'],
    ['HIGH', '2021-12-24', '2026-11-04T10:00:00.000Z'],
    ['CRITICAL', '2027-01-01', '2026-11-08T10:00:00.000Z'],
    ['INFORMATIONAL', '2026-11-10', '2026-11-10T23:59:59.000Z'],
    ['LOW', 'soon', '2027-04-30T10:00:00.000Z'],
  ] as const)('%s with catalogue date %s is due on %s', (severity, kevDueDate, expected) => {
    expect(due({ severity, kevDueDate })).toBe(expected);
  });

  it('has its grace from the first observation, however new the resource or its fix', () => {
    const fresh = { resourceFirstSeenAt: seen, fixPublishedAt: at('2026-11-20T00:00:00Z') };

    expect(due({ ...fresh, kevDueDate: '2021-12-24' })).toBe('2026-11-04T10:00:00.000Z');
  });

  it('has no date of its own where the policy has no such rule', () => {
    expect(due({ kevDueDate: '2021-12-24' }, { ...DEFAULT_SLA_POLICY, kevGraceDays: null })).toBe(
      '2026-12-01T10:00:00.000Z',
    );
  });
});

describe('the directive', () => {
  const policy: SlaPolicy = { ...DEFAULT_SLA_POLICY, mode: 'bod-26-04', kevGraceDays: null };
  const total = [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] as const;
  const partial = [{ version: '3.1', vector: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] as const;

  it.each([
    ['exposed, automatable, total', { exposed: true, cvss: total }, '2026-11-04T10:00:00.000Z'],
    ['not exposed, automatable', { exposed: false, cvss: total }, '2026-12-31T10:00:00.000Z'],
    ['nothing of it', { exposed: false, cvss: partial }, null],
    ['exposed alone', { exposed: true, cvss: partial }, '2026-12-31T10:00:00.000Z'],
    ['known exploited alone', { exposed: false, cvss: partial, kevDueDate: '2021-01-01' }, '2026-11-15T10:00:00.000Z'],
    ['exposure unknown counts as exposed', { cvss: partial }, '2026-12-31T10:00:00.000Z'],
    ['all unknown counts as all yes', {}, '2026-11-04T10:00:00.000Z'],
  ])('%s', (_, fields, expected) => {
    expect(due(fields, policy)).toBe(expected);
  });

  it('says how each question was answered, and when traces have to be looked for', () => {
    expect(slaOf(policy, input({ cvss: total, kevDueDate: '2021-01-01' })).why).toEqual([
      'The clock started on 2026-11-01, when it was first observed',
      '3 days by BOD 26-04 (known exploited: yes, exposed: not known, taken as yes, automatable: yes, total impact: yes)',
      'The directive asks for a search for traces of a break-in',
      'Due on 2026-11-04',
    ]);
    expect(slaOf(policy, input({ exposed: false, cvss: partial })).why).toContainEqual(
      expect.stringMatching(/^at the next upgrade of the system by BOD 26-04/),
    );
  });
});

describe('a pause', () => {
  it.each([
    ['adds its time', [pause('2026-11-03T00:00:00Z', '2026-11-13T00:00:00Z')], 10],
    [
      'does not count twice where two overlap',
      [pause('2026-11-03T00:00:00Z', '2026-11-13T00:00:00Z'), pause('2026-11-08T00:00:00Z', '2026-11-15T00:00:00Z')],
      12,
    ],
    ['before the clock started adds nothing', [pause('2026-10-01T00:00:00Z', '2026-11-01T10:00:00Z')], 0],
    ['counts from the start of the clock', [pause('2026-10-01T00:00:00Z', '2026-11-02T10:00:00Z')], 1],
    ['that ends before it begins is none', [pause('2026-11-09T00:00:00Z', '2026-11-03T00:00:00Z')], 0],
    ['without a date is none', [pause('soon', 'later')], 0],
  ])('%s', (_, pauses, days) => {
    const { dueAt, pausedMs } = slaOf(DEFAULT_SLA_POLICY, input({ pauses }));

    expect(pausedMs).toBe(days * DAY);
    expect(dueAt).toEqual(new Date(seen.getTime() + (30 + days) * DAY));
  });

  it('is explained with who, why and until when', () => {
    const { why } = slaOf(
      DEFAULT_SLA_POLICY,
      input({ pauses: [pause('2026-11-03T00:00:00Z', '2026-11-13T00:00:00Z')] }),
    );

    expect(why).toEqual([
      'The clock started on 2026-11-01, when it was first observed',
      '30 days for high (policy 2026-11-26)',
      'Paused from 2026-11-03 to 2026-11-13 by Mara: vendor patch in test',
      'Due on 2026-12-11',
    ]);
  });
});

describe('the state', () => {
  const pauses = [pause('2026-11-05T00:00:00Z', '2026-11-15T00:00:00Z')];

  it.each([
    [{}, '2026-11-29T09:59:59Z', 'on-time'],
    [{}, '2026-11-29T10:00:00Z', 'soon'],
    [{}, '2026-12-01T10:00:00Z', 'soon'],
    [{}, '2026-12-01T10:00:01Z', 'over'],
    [{ pauses }, '2026-11-04T23:59:59Z', 'on-time'],
    [{ pauses }, '2026-11-05T00:00:00Z', 'paused'],
    [{ pauses }, '2026-11-15T00:00:00Z', 'on-time'],
    [{ pauses }, '2026-12-09T10:00:00Z', 'soon'],
    [{ pauses }, '2026-12-11T10:00:01Z', 'over'],
    [{ severity: 'INFORMATIONAL' }, '2030-01-01T00:00:00Z', 'none'],
    [{ kevDueDate: '2021-12-24', resourceFirstSeenAt: seen }, '2026-11-02T09:59:59Z', 'on-time'],
  ] as const)('of %o on %s is %s', (fields, now, state) => {
    expect(slaOf(DEFAULT_SLA_POLICY, input(fields)).state(at(now))).toBe(state);
  });
});

describe('for any finding', () => {
  const date = fc
    .integer({ min: 0, max: 400 * 24 })
    .map((hours) => new Date(seen.getTime() + (hours - 200 * 24) * HOUR));
  const pauses = fc.array(
    fc.tuple(date, date).map(([from, until]) => ({ owner: 'o', reason: 'r', from, until })),
    { maxLength: 5 },
  );
  const anyInput = fc.record({
    severity: fc.constantFrom(...SEVERITIES),
    kevDueDate: fc.option(date.map((one) => one.toISOString().slice(0, 10))),
    firstObservedAt: date,
    fixPublishedAt: fc.option(date),
    resourceFirstSeenAt: fc.option(date),
    exposed: fc.option(fc.boolean()),
    pauses,
  });
  const anyPolicy: fc.Arbitrary<SlaPolicy> = fc.record({
    version: fc.constant('x'),
    mode: fc.constantFrom('severity', 'bod-26-04'),
    days: fc.record({
      CRITICAL: fc.integer({ min: 1, max: 30 }),
      HIGH: fc.integer({ min: 1, max: 60 }),
      MEDIUM: fc.option(fc.integer({ min: 1, max: 90 })),
      LOW: fc.option(fc.integer({ min: 1, max: 200 })),
      INFORMATIONAL: fc.constant(null),
      UNTRIAGED: fc.option(fc.integer({ min: 1, max: 90 })),
    }),
    exposedDivisor: fc.integer({ min: 1, max: 4 }),
    kevGraceDays: fc.option(fc.integer({ min: 0, max: 10 })),
    settleHours: fc.integer({ min: 0, max: 100 }),
    fromFix: fc.boolean(),
  });
  const never = Number.POSITIVE_INFINITY;
  const dueMs = (policy: SlaPolicy, one: SlaInput): number => slaOf(policy, one).dueAt?.getTime() ?? never;

  it('a shorter policy never makes a later date', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyInput, (a, b, one) => {
        const shorter: SlaPolicy = {
          ...a,
          days: Object.fromEntries(
            SEVERITIES.map((severity) => {
              const days = Math.min(a.days[severity] ?? never, b.days[severity] ?? never);
              return [severity, days === never ? null : days];
            }),
          ) as SlaPolicy['days'],
          exposedDivisor: Math.max(a.exposedDivisor, b.exposedDivisor),
          kevGraceDays: a.kevGraceDays === null ? b.kevGraceDays : Math.min(a.kevGraceDays, b.kevGraceDays ?? never),
          settleHours: Math.min(a.settleHours, b.settleHours),
          fromFix: a.fromFix && b.fromFix,
        };
        // Without pauses: one that began before the later of two clocks stopped only the earlier one.
        const plain = { ...one, pauses: [] };
        expect(dueMs(shorter, plain)).toBeLessThanOrEqual(dueMs(a, plain));
        const sameClock = { ...shorter, settleHours: a.settleHours, fromFix: a.fromFix };
        expect(dueMs(sameClock, one)).toBeLessThanOrEqual(dueMs(a, one));
      }),
      { numRuns: 5_000 },
    );
  });

  it('a pause more, or a longer one, never makes the date earlier', () => {
    fc.assert(
      fc.property(anyPolicy, anyInput, pauses, (policy, one, more) => {
        const longer = [...(one.pauses ?? []), ...more];
        expect(dueMs(policy, { ...one, pauses: longer })).toBeGreaterThanOrEqual(dueMs(policy, one));
      }),
      { numRuns: 5_000 },
    );
  });

  it('neither exposure nor known exploitation makes it later', () => {
    fc.assert(
      fc.property(anyPolicy, anyInput, (policy, one) => {
        expect(dueMs(policy, { ...one, exposed: true })).toBeLessThanOrEqual(dueMs(policy, { ...one, exposed: false }));
        expect(dueMs(policy, one)).toBeLessThanOrEqual(dueMs(policy, { ...one, kevDueDate: null }));
      }),
      { numRuns: 5_000 },
    );
  });

  it('the order of pauses does not matter, and time only leads on: on time, soon, over', () => {
    const order = ['on-time', 'soon', 'over'];
    fc.assert(
      fc.property(anyPolicy, anyInput, date, date, (policy, one, a, b) => {
        const sla = slaOf(policy, one);
        expect(slaOf(policy, { ...one, pauses: [...(one.pauses ?? [])].reverse() }).dueAt).toEqual(sla.dueAt);
        const [first = a, second = b] = [a, b].sort((x, y) => x.getTime() - y.getTime());
        const states = [sla.state(first), sla.state(second)].map((state) => order.indexOf(state));
        if (!states.includes(-1)) expect(states[0]).toBeLessThanOrEqual(states[1] ?? -1);
      }),
    );
  });
});
