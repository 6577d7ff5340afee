import { describe, expect, it } from 'vitest';
import { ROLES } from '../model/permissions.ts';
import { SEVERITIES } from '../model/severity.ts';
import { CHOSEN_STATUSES, NEW_TEAM_STATE, TEAM_STATUSES, type TeamState, type TeamStatus } from '../model/triage.ts';
import {
  afterScan,
  afterTime,
  changeStatus,
  inspectorStatusOf,
  TRANSITIONS,
  type TriagedFinding,
  type TriageRequest,
} from './triage-status.ts';

const DAY = 24 * 60 * 60 * 1000;
const now = new Date('2026-11-26T12:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * DAY);

function state(status: TeamStatus, fields: Partial<TeamState> = {}): TeamState {
  return { ...NEW_TEAM_STATE, status, acceptedUntil: status === 'accepted' ? later(10) : null, ...fields };
}

function finding(fields: Partial<TriagedFinding> = {}): TriagedFinding {
  return { state: NEW_TEAM_STATE, closed: false, accountId: '111111111111', severity: 'HIGH', ...fields };
}

function request(to: TeamStatus, fields: Partial<TriageRequest> = {}): TriageRequest {
  const until = to === 'accepted' ? later(30) : null;
  return { to, reason: 'because', until, by: { role: 'security', accounts: null }, now, ...fields };
}

const isRefused = (result: ReturnType<typeof changeStatus>): boolean => 'refused' in result;

describe('a person', () => {
  it('may go from each status to each other but fixed, may accept again, and cannot move what is fixed', () => {
    for (const from of TEAM_STATUSES) {
      for (const to of TEAM_STATUSES) {
        const may = from !== 'fixed' && to !== 'fixed' && (from !== to || to === 'accepted');
        const result = changeStatus(finding({ state: state(from), closed: from === 'fixed' }), request(to));
        expect(!isRefused(result), `${from} to ${to}`).toBe(may);
        expect(
          TRANSITIONS[from].some((one) => one === to),
          `${from} to ${to}`,
        ).toBe(may);
        if (may) {
          expect(result).toEqual({ status: to, acceptedUntil: to === 'accepted' ? later(30) : null, changedAt: now });
        }
      }
    }
  });

  it('cannot change what is closed, whatever its status says', () => {
    for (const to of CHOSEN_STATUSES) {
      expect(changeStatus(finding({ closed: true }), request(to))).toEqual({
        refused: expect.stringMatching(/closed/),
      });
    }
  });

  it('may what the rights of the role allow, for every role, status and severity', () => {
    for (const role of ROLES) {
      for (const to of CHOSEN_STATUSES.filter((status) => status !== 'open')) {
        for (const severity of SEVERITIES) {
          const isAboveHigh = severity === 'CRITICAL' || severity === 'UNTRIAGED';
          const expected = {
            viewer: false,
            finance: false,
            triage: to !== 'accepted',
            lead: to !== 'accepted' || !isAboveHigh,
            security: true,
            admin: true,
          }[role];
          const result = changeStatus(finding({ severity }), request(to, { by: { role, accounts: null } }));
          expect(!isRefused(result), `${role} ${to} ${severity}`).toBe(expected);
        }
      }
    }
  });

  it.each([
    [null, true],
    [['111111111111'], true],
    [['222222222222', '111111111111'], true],
    [['222222222222'], false],
    [[], false],
  ])('with accounts %o may change a finding of another: %s', (accounts, may) => {
    for (const role of ['triage', 'lead', 'security', 'admin'] as const) {
      expect(!isRefused(changeStatus(finding(), request('in-progress', { by: { role, accounts } })))).toBe(may);
    }
  });

  it.each([
    ['open', '', null],
    ['in-progress', '', null],
    ['awaiting-rescan', '', null],
    ['accepted', ' \n', /why the risk is accepted/],
    ['false-positive', '', /why it is a false positive/],
    ['false-positive', 'x'.repeat(2001), /longer than 2000/],
    ['in-progress', 'x'.repeat(2001), /longer than 2000/],
  ] as const)('gives a reason for %s: "%.8s"', (to, reason, refused) => {
    const from = to === 'open' ? 'in-progress' : 'open';
    const result = changeStatus(finding({ state: state(from) }), request(to, { reason }));

    expect('refused' in result ? result.refused : null).toEqual(
      refused === null ? null : expect.stringMatching(refused),
    );
  });

  it.each([
    ['accepted', later(365), null],
    ['accepted', new Date(later(365).getTime() + 1), /at most 365 days/],
    ['accepted', now, /has passed/],
    ['accepted', later(-1), /has passed/],
    ['accepted', null, /until when/],
    ['accepted', new Date('soon'), /until when/],
    ['in-progress', later(1), /Only an acceptance/],
  ] as const)('%s until %s', (to, until, refused) => {
    const result = changeStatus(finding(), request(to, { until }));

    expect('refused' in result ? result.refused : null).toEqual(
      refused === null ? null : expect.stringMatching(refused),
    );
  });

  it('leaving an acceptance ends it', () => {
    expect(changeStatus(finding({ state: state('accepted') }), request('open'))).toMatchObject({ acceptedUntil: null });
  });
});

describe('a scan', () => {
  it.each<[TeamStatus, 'seen' | 'closed' | 'reopened', TeamStatus, RegExp | null]>([
    ['open', 'seen', 'open', null],
    ['in-progress', 'seen', 'in-progress', null],
    ['awaiting-rescan', 'seen', 'open', /^Still there/],
    ['accepted', 'seen', 'accepted', null],
    ['false-positive', 'seen', 'false-positive', null],
    ['fixed', 'seen', 'fixed', null],
    ...TEAM_STATUSES.map((status) => [status, 'closed', 'fixed', status === 'fixed' ? null : /^Fixed/] as const).map(
      ([a, b, c, d]): [TeamStatus, 'closed', TeamStatus, RegExp | null] => [a, b, c, d],
    ),
    ['fixed', 'reopened', 'open', /^Seen again after/],
    ['open', 'reopened', 'open', /^Seen again after/],
    ['in-progress', 'reopened', 'open', /^Seen again after/],
    ['awaiting-rescan', 'reopened', 'open', /^Seen again after/],
    ['false-positive', 'reopened', 'open', /^Seen again after/],
    ['accepted', 'reopened', 'accepted', /still accepted/],
  ])('what is %s and %s becomes %s', (from, verdict, to, note) => {
    const step = afterScan(state(from), verdict, now);

    expect(step.state.status).toBe(to);
    expect(step.note).toEqual(note === null ? null : expect.stringMatching(note));
  });

  it('what was accepted, fixed and comes back is accepted while the acceptance runs', () => {
    const fixed = afterScan(state('accepted'), 'closed', now).state;

    expect(fixed).toEqual({ status: 'fixed', acceptedUntil: later(10), changedAt: null });
    expect(afterScan(fixed, 'reopened', later(9)).state.status).toBe('accepted');
    expect(afterScan(fixed, 'reopened', later(10)).state).toMatchObject({ status: 'open', acceptedUntil: null });
  });

  it('that looked before the fix was announced does not answer it', () => {
    const waiting = state('awaiting-rescan', { changedAt: now });

    expect(afterScan(waiting, 'seen', later(-0.01))).toEqual({ state: waiting, note: null });
    expect(afterScan(waiting, 'seen', now).state.status).toBe('open');
  });

  it('that comes twice changes nothing the second time', () => {
    for (const status of TEAM_STATUSES) {
      for (const verdict of ['seen', 'closed', 'reopened'] as const) {
        const once = afterScan(state(status), verdict, now).state;
        expect(afterScan(once, verdict, now).state, `${status} ${verdict}`).toEqual(once);
      }
    }
  });
});

describe('time', () => {
  it('ends an acceptance and nothing else', () => {
    for (const status of TEAM_STATUSES) {
      const before = state(status);
      expect(afterTime(before, later(9)), status).toEqual({ state: before, note: null });
      const isAccepted = status === 'accepted';
      expect(afterTime(before, later(10)).state.status, status).toBe(isAccepted ? 'open' : status);
      expect(afterTime(before, later(10)).note, status).toBe(isAccepted ? 'The acceptance has ended' : null);
    }
  });
});

describe("Amazon Inspector's state", () => {
  it('is closed before suppressed before active, for every combination', () => {
    for (const status of TEAM_STATUSES) {
      for (const closed of [true, false]) {
        for (const suppressed of [true, false]) {
          const isHidden = suppressed || status === 'accepted' || status === 'false-positive';
          const visible = isHidden ? 'SUPPRESSED' : 'ACTIVE';
          const expected = closed ? 'CLOSED' : visible;
          expect(inspectorStatusOf({ closed, suppressed, state: state(status) }, now), `${status}`).toBe(expected);
        }
      }
    }
  });

  it('an acceptance that has ended hides nothing, even before anybody noted it', () => {
    const accepted = state('accepted');

    expect(inspectorStatusOf({ closed: false, suppressed: false, state: accepted }, later(10))).toBe('ACTIVE');
    expect(inspectorStatusOf({ closed: false, suppressed: true, state: accepted }, later(10))).toBe('SUPPRESSED');
  });
});
