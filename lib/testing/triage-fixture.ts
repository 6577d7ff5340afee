import type { Caller, Role } from '../core/model/permissions.ts';
import type { SeenFinding, TriageSelection } from '../core/model/triage-act.ts';
import type { FindingCriteria } from '../core/model/views.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { fillFindings } from './fill-findings.ts';
import { storeDependencies } from './store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from './store-fixture.ts';
import { DEFAULT_CRITERIA } from './whole-estate.ts';

export interface TriageFixture {
  readonly fixture: StoreFixture;
  readonly deps: Dependencies;
  readonly clock: { now: Date };
  person(name: string, role: Role, accounts?: readonly string[] | null): Promise<Caller>;
  /** Rows by a condition on `f`, in the order of their numbers. */
  findings(where: string): Promise<readonly TriagedRow[]>;
  /** Events of all findings, oldest first. */
  events(where?: string): Promise<
    readonly {
      finding_id: string;
      kind: string;
      actor: string;
      detail: string;
      status: string;
      status_before: string | null;
      team: string | null;
      team_before: string | null;
    }[]
  >;
  /** The kept counts, and the same counted anew. */
  counts(): Promise<{ readonly kept: unknown; readonly anew: unknown }>;
  close(): Promise<void>;
}

export interface TriagedRow {
  readonly row: string;
  readonly id: string;
  readonly version: number;
  readonly account_id: string;
  readonly status: string;
  readonly severity: string;
  readonly team_status: string;
  readonly status_reason: string | null;
  readonly accepted_until: Date | null;
  readonly snoozed_until: Date | null;
  readonly owner: string | null;
  readonly team: string | null;
  readonly assigned: boolean;
  readonly due_at: Date | null;
  readonly paused_since: Date | null;
  readonly paused_ms: number;
}

export const ACT_TIME = new Date('2026-11-24T12:00:00.000Z');

/** A database with generated findings and people, and everything an operation is given. */
export async function openTriageFixture(findings: number, accounts = 4): Promise<TriageFixture> {
  const fixture = await openStoreFixture();
  const clock = { now: ACT_TIME };
  const { pool } = fixture.database;
  await fillFindings(pool, { findings, accounts, resources: Math.max(10, findings / 20), at: ACT_TIME });
  const deps = storeDependencies(fixture, () => clock.now);
  const grouped = 'account_id, region, kind, environment, type, status, severity';
  const sums = 'sum(n)::int as n, sum(kev)::int as kev, sum(fixable)::int as fixable';
  const kept = () =>
    pool.query(
      `select ${grouped}, ${sums} from finding_count group by ${grouped} having sum(n) <> 0 order by ${grouped}`,
    );
  return {
    fixture,
    deps,
    clock,
    async person(name, role, only = null) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
      const id = `id-${name.toLowerCase().replaceAll(' ', '-')}`;
      await deps.users.create({ id, email, name, role, accounts: only, passwordHash: null, createdAt: ACT_TIME });
      return { userId: id, name, email, role, accounts: only, sessionId: `session-${id}` };
    },
    async findings(where) {
      const { rows } = await pool.query<TriagedRow>(
        `select f.id::text as row, encode(uuid_send(f.key), 'hex') as id, f.version, f.account_id, f.status, f.severity,
           f.team_status, f.status_reason, f.accepted_until, f.snoozed_until, f.owner, f.team, f.assigned, f.due_at,
           f.paused_since, f.paused_ms::float8 as paused_ms
         from finding f where ${where} order by f.id`,
      );
      return rows;
    },
    async events(where = 'true') {
      const { rows } = await pool.query(
        `select finding_id::text as finding_id, kind, actor, detail, status, status_before, team, team_before
         from finding_event where ${where} order by id`,
      );
      return rows;
    },
    async counts() {
      const before = (await kept()).rows;
      await pool.query('select finding_delta_rebuild()');
      return { kept: before, anew: (await kept()).rows };
    },
    close: () => fixture.close(),
  };
}

export function picked(rows: readonly (SeenFinding & object)[]): TriageSelection {
  return { kind: 'findings', findings: rows.map(({ id, version }) => ({ id, version })) };
}

/** Open findings that meet the criteria and the query. */
export function matching(criteria: Partial<FindingCriteria> = {}, query = ''): TriageSelection {
  const scope = { accounts: [], regions: [], environments: [], time: '90d' } as const;
  return { kind: 'query', scope, query, criteria: { ...DEFAULT_CRITERIA, ...criteria } };
}
