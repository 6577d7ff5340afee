import type { Caller, Role } from '../core/model/permissions.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { runOperation } from '../operations/operation.ts';
import { createSuppressionRule } from '../operations/suppression/create-suppression-rule.ts';
import { storeDependencies } from './store-dependencies.ts';
import { NOON, openStoreFixture, type StoreFixture } from './store-fixture.ts';

const DAY_MS = 86_400_000;

export interface FindingState {
  readonly vulnerability: string;
  readonly status: string;
  readonly rule: string | null;
}

/** A database, operations on it, a clock that the test moves, and people. */
export interface RuleFixture extends StoreFixture {
  readonly deps: Dependencies;
  now(): Date;
  passDays(days: number): void;
  inDays(days: number): Date;
  person(name: string, role: Role, accounts?: readonly string[] | null): Promise<Caller>;
  /** Asks for a rule of 30 days. */
  write(by: Caller, name: string, query: string, more?: object): ReturnType<typeof runRule>;
  /** How each finding stands, by vulnerability. */
  states(): Promise<readonly FindingState[]>;
  /** `CVE ACTIVE|SUPPRESSED|CLOSED`, one line each. */
  standing(): Promise<readonly string[]>;
  /** The kept counts; the same counted anew. */
  counts(): Promise<{ readonly kept: unknown; readonly anew: unknown }>;
}

function runRule(deps: Dependencies, by: Caller, input: object) {
  return runOperation(createSuppressionRule, deps, by, input);
}

export async function openRuleFixture(): Promise<RuleFixture> {
  const fixture = await openStoreFixture();
  let now = new Date(NOON.getTime() + DAY_MS);
  const deps = storeDependencies(fixture, () => now);
  const { pool } = fixture.database;
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const states = async () => {
    const { rows } = await pool.query<FindingState>(
      'select vulnerability_id as vulnerability, status, suppressed_by::text as rule from finding order by vulnerability_id, id',
    );
    return rows;
  };
  return {
    ...fixture,
    deps,
    now: () => now,
    passDays: (days) => {
      now = inDays(days);
    },
    inDays,
    async person(name, role, accounts = null) {
      const email = `${name}@example.com`;
      await deps.users.create({ id: name, email, name, role, accounts, passwordHash: null, createdAt: now });
      return { userId: name, name, email, role, accounts, sessionId: `session-of-${name}` };
    },
    write: (by, name, query, more = {}) =>
      runRule(deps, by, { name, query, reason: 'Rebuilt every night.', endsAt: inDays(30), ...more }),
    states,
    standing: async () => (await states()).map(({ vulnerability, status }) => `${vulnerability} ${status}`),
    async counts() {
      const read = async () => (await pool.query(COUNTS)).rows;
      const kept = await read();
      await pool.query('select finding_delta_rebuild()');
      return { kept, anew: await read() };
    },
  };
}

const GROUP = 'account_id, region, kind, environment, type, status, severity';
const COUNTS = `
select ${GROUP}, sum(n)::int as n, sum(kev)::int as kev, sum(fixable)::int as fixable
from finding_count group by ${GROUP} having sum(n) <> 0 order by ${GROUP}`;
