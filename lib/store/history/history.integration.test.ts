import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../core/findings/query/parse-query.ts';
import { EVERY_PAST_FINDING, pastQueryOf } from '../../core/findings/query/past-query.ts';
import { FINDING_STATUSES, type FindingStatus } from '../../core/model/finding.ts';
import type { Day, EventCause, EventKind, PastFinding } from '../../core/model/history.ts';
import { EVENT_CAUSES } from '../../core/model/history.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import { addPlainFinding, type FullStep, PLACE, takeStep } from '../../testing/history-fixture.ts';
import { createRandom, pick } from '../../testing/random.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';
import type { EventPlace, FollowedState } from '../finding-events.ts';
import { sqlOfPool } from '../sql.ts';
import { createHistoryStore } from './history-store.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-09-01T00:00:00.000Z');
const DAYS = 12;
const ACCOUNTS = ['111122223333', '222233334444'];

interface Moment {
  readonly at: number;
  readonly state: FollowedState;
  readonly place: EventPlace;
}

/** A finding with all that happened to it, from which a plain reading tells how it was at any time. */
interface Told {
  readonly id: string;
  readonly key: string;
  readonly moments: [Moment, ...Moment[]];
}

const day = (n: number): Day => new Date(START + n * DAY_MS).toISOString().slice(0, 10);

/**
 * Lives through random days: findings open, change, are hidden and shown, close and come back, move between environments,
 * and now and then the clock is set back by hours.
 */
async function live(fixture: StoreFixture, seed: number): Promise<readonly Told[]> {
  const random = createRandom(seed);
  const { pool } = fixture.database;
  const told: Told[] = [];
  for (let n = 0; n < DAYS; n += 1) {
    for (let step = 0; step < 14; step += 1) {
      const back = random() < 0.15 ? -9 * 3_600_000 : 0;
      const now = new Date(START + n * DAY_MS + step * 5_000_000 + back);
      if (told.length < 8 || random() < 0.25) {
        told.push(await open(fixture, random, now));
      } else {
        await change(pool, random, pick(random, told), now);
      }
    }
    if (random() < 0.4) {
      await pool.query('select finding_flow_fold()');
    }
  }
  return told;
}

const present = ({ moments }: Told): Moment => moments.at(-1) ?? moments[0];

/** A clock that was set back does not put a step before the one that it follows. */
function note(finding: Told, now: Date, state: FollowedState, place: EventPlace): void {
  finding.moments.push({ at: Math.max(now.getTime(), present(finding).at), state, place });
}

function endOfDay({ moments }: Told, of: Day): Moment | undefined {
  const end = Date.parse(`${of}T00:00:00.000Z`) + DAY_MS;
  return moments.findLast((moment) => moment.at < end);
}

async function open({ database: { pool } }: StoreFixture, random: () => number, now: Date): Promise<Told> {
  const place = { ...PLACE, accountId: pick(random, ACCOUNTS), environment: pick(random, ['prod', 'test', null]) };
  const state: FollowedState = {
    status: 'ACTIVE',
    severity: pick(random, SEVERITIES),
    score: random() < 0.2 ? null : Math.round(random() * 100) / 10,
    team: 'open',
  };
  const finding = await addPlainFinding(pool, state, now, place, `CVE-2026-${Math.floor(random() * 50)}`);
  const cause = pick(random, ['new-advisory', 'new-resource', 'scan'] as const);
  await takeStep(pool, stepOf(finding.id, 'open', cause, place, null, state), now);
  return { ...finding, moments: [{ at: now.getTime(), state, place }] };
}

async function change(pool: StoreFixture['database']['pool'], random: () => number, finding: Told, now: Date) {
  const { id } = finding;
  const { state, place } = present(finding);
  const to = (status: FindingStatus, team = state.team) => ({ ...state, status, team });
  const step = (kind: EventKind, cause: EventCause, after: FollowedState) =>
    takeStep(pool, stepOf(id, kind, cause, place, state, after), now).then(() => note(finding, now, after, place));
  const choice = Math.floor(random() * 7);
  if (state.status === 'CLOSED') {
    return choice < 3 ? step('reopen', 'scan', to('ACTIVE')) : undefined;
  }
  if (choice === 0) {
    return step('close', pick(random, ['fix', 'data-correction', 'resource-removed'] as const), to('CLOSED'));
  }
  if (choice === 1) {
    return state.status === 'ACTIVE'
      ? step('suppress', 'rule', to('SUPPRESSED'))
      : step('unsuppress', 'rule', to('ACTIVE'));
  }
  if (choice === 2) {
    return state.status === 'ACTIVE'
      ? step('status', 'person', to('SUPPRESSED', 'accepted'))
      : step('undo', 'person', to('ACTIVE', 'open'));
  }
  if (choice === 3) {
    const arrived = { ...place, environment: place.environment === 'prod' ? 'test' : 'prod' };
    await takeStep(pool, stepOf(id, 'leave', 'data-correction', place, null, state), now);
    await takeStep(pool, stepOf(id, 'arrive', 'data-correction', arrived, null, state), now);
    return note(finding, now, state, arrived);
  }
  if (choice === 4) {
    return step('comment', 'person', state);
  }
  return step('refresh', 're-score', {
    ...state,
    severity: pick(random, SEVERITIES),
    score: Math.round(random() * 100) / 10,
  });
}

function stepOf(
  id: string,
  kind: EventKind,
  cause: EventCause,
  place: EventPlace,
  before: FollowedState | null,
  after: FollowedState,
): FullStep {
  return { finding: { id }, kind, cause, actor: 'harrier', detail: '', place, before, after };
}

const SCOPES: readonly VisibleScope[] = [
  EVERYTHING,
  { ...EVERYTHING, accounts: ACCOUNTS.slice(0, 1) },
  { ...EVERYTHING, environments: ['prod'] },
  { ...EVERYTHING, accounts: [] },
];

function isIn({ accounts, environments }: VisibleScope, place: EventPlace): boolean {
  const isAccount = accounts === null || accounts.includes(place.accountId);
  return isAccount && (environments.length === 0 || environments.includes(place.environment ?? ''));
}

/** Figures of a day by the plain reading, those of zero left out. */
function replayed(told: readonly Told[], scope: VisibleScope, of: Day, status: FindingStatus): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const finding of told) {
    const end = endOfDay(finding, of);
    if (end !== undefined && end.state.status === status && isIn(scope, end.place)) {
      counts[end.state.severity] = (counts[end.state.severity] ?? 0) + 1;
    }
  }
  return counts;
}

const withoutZeros = (counts: object) => Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0));

async function pagesAsOf(
  fixture: StoreFixture,
  of: Day,
  statuses: readonly FindingStatus[],
  limit: number,
  query = EVERY_PAST_FINDING,
) {
  const store = createHistoryStore(sqlOfPool(fixture.database.pool));
  const rows: PastFinding[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await store.findingsAsOf(EVERYTHING, { day: of, statuses, query, cursor, limit });
    rows.push(...page.rows);
    cursor = page.nextCursor;
    if (cursor === null) {
      return rows;
    }
  }
}

describe.each([1, 2, 3, 4, 5, 6])('a random history (seed %i)', (seed) => {
  let fixture: StoreFixture;
  let told: readonly Told[];

  beforeAll(async () => {
    fixture = await openStoreFixture();
    told = await live(fixture, seed);
  });

  afterAll(() => fixture?.close());

  const store = () => createHistoryStore(sqlOfPool(fixture.database.pool));

  it('has figures of every past day that equal a plain reading of its steps, in every scope', async () => {
    for (const scope of SCOPES) {
      for (let n = 0; n < DAYS; n += 1) {
        const counts = await store().countsAsOf(scope, day(n));

        expect(withoutZeros(counts.open), day(n)).toEqual(replayed(told, scope, day(n), 'ACTIVE'));
        expect(withoutZeros(counts.suppressed), day(n)).toEqual(replayed(told, scope, day(n), 'SUPPRESSED'));
      }
    }
    expect(withoutZeros((await store().countsAsOf(EVERYTHING, day(-2))).open)).toEqual({});
  });

  it('lists the findings of every past day as they were, page by page', async () => {
    for (const of of [day(0), day(4), day(DAYS - 1)]) {
      const rows = await pagesAsOf(fixture, of, ['ACTIVE', 'SUPPRESSED', 'CLOSED'], 7);

      const shown = rows.map(({ id, status, severity, score, teamStatus }) => ({
        id,
        status,
        severity,
        score,
        team: teamStatus,
      }));
      const expected = told.flatMap((finding) => {
        const end = endOfDay(finding, of);
        return end === undefined ? [] : [{ id: finding.key.replaceAll('-', ''), ...end.state }];
      });
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      expect(shown.toSorted(byId)).toEqual(expected.toSorted(byId));
    }
    expect(await pagesAsOf(fixture, day(3), ['ACTIVE'], 200)).toHaveLength(
      Object.values(replayed(told, EVERYTHING, day(3), 'ACTIVE')).reduce((sum, n) => sum + n, 0),
    );
  });

  it('answers a query by what each finding was that day, whatever it is now', async () => {
    const queries: readonly (readonly [string, (state: FollowedState) => boolean])[] = [
      ['severity:critical,high', ({ severity }) => severity === 'CRITICAL' || severity === 'HIGH'],
      ['is:open -severity:low', ({ status, severity }) => status === 'ACTIVE' && severity !== 'LOW'],
      ['score:>=7', ({ score }) => (score ?? -1) >= 7],
      ['is:accepted', ({ status, team }) => team === 'accepted' && status !== 'CLOSED'],
      ['is:fixed', ({ status }) => status === 'CLOSED'],
    ];
    for (const of of [day(1), day(6), day(DAYS - 1)]) {
      for (const [text, matches] of queries) {
        const rows = await pagesAsOf(fixture, of, FINDING_STATUSES, 5, pastQueryOf(parseQuery(text).query));

        const expected = told.filter((finding) => {
          const end = endOfDay(finding, of);
          return end !== undefined && matches(end.state);
        });
        expect(rows.map(({ id }) => id).toSorted(), `${of} ${text}`).toEqual(
          expected.map(({ key }) => key.replaceAll('-', '')).toSorted(),
        );
      }
    }
  });

  it('has an overview of every past day that agrees with the figures of that day, in every scope', async () => {
    const now = new Date(START + DAYS * DAY_MS);
    for (const scope of SCOPES) {
      for (const n of [0, 5, DAYS - 1]) {
        const visible = { ...scope, time: `${day(-30)}..${day(n)}` } as const;
        const overview = await store().overviewAsOf(visible, day(n), now);
        const { open } = await store().countsAsOf(scope, day(n));

        expect(overview.open).toEqual(open);
        expect(overview.openTotal).toBe(SEVERITIES.reduce((sum, severity) => sum + open[severity], 0));
        for (const severity of SEVERITIES) {
          const ofAccounts = overview.accountsByRisk.reduce((sum, account) => sum + account.counts[severity], 0);
          expect(ofAccounts, severity).toBe(open[severity]);
        }
      }
    }
  });

  it('differs between any two days by exactly what its causes come to', async () => {
    for (const scope of SCOPES) {
      for (const [from, to] of [
        [0, 1],
        [2, 9],
        [-1, DAYS - 1],
        [5, 5],
      ] as const) {
        const { before, after, causes } = await store().differenceBetween(scope, day(from), day(to), 500);

        expect(before).toEqual((await store().countsAsOf(scope, day(from))).open);
        expect(after).toEqual((await store().countsAsOf(scope, day(to))).open);
        for (const severity of SEVERITIES) {
          const net = causes.reduce((sum, cause) => sum + cause.net[severity], 0);
          expect(before[severity] + net, severity).toBe(after[severity]);
        }
        for (const cause of causes) {
          expect(Object.values(cause.net).reduce((sum, n) => sum + n, 0)).toBe(cause.opened - cause.closed);
          expect(EVENT_CAUSES).toContain(cause.cause);
          if (cause.opened + cause.closed + cause.changed > 0 && cause.opened + cause.closed + cause.changed <= 200) {
            expect(cause.findings.length, cause.cause).toBeGreaterThan(0);
          }
        }
      }
    }
  });

  it('is one whole chain', async () => {
    const report = await store().verify();

    expect(report.fault).toBeNull();
    expect(report.rows).toBeGreaterThan(100);
  });
});
