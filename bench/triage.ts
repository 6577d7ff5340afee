import { randomUUID } from 'node:crypto';
import type { Caller } from '../lib/core/model/permissions.ts';
import { triageFindingsHandler } from '../lib/jobs/handlers/triage-findings.ts';
import type { Dependencies } from '../lib/operations/dependencies.ts';
import { runOperation } from '../lib/operations/operation.ts';
import type { ActAnswer } from '../lib/operations/triage/run-act.ts';
import { setFindingStatus } from '../lib/operations/triage/set-finding-status.ts';
import { undoTriageAct } from '../lib/operations/triage/undo-triage-act.ts';
import { openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { storeDependencies } from '../lib/testing/store-dependencies.ts';
import { DEFAULT_CRITERIA } from '../lib/testing/whole-estate.ts';
import { type Benchmark, median, milliseconds } from './benchmark.ts';

const FINDINGS = 300_000;
const ACTED_ON = 100_000;
const RUNS = 3;
const NOW = new Date('2026-11-24T12:00:00Z');
const UNTIL = '2026-12-24T00:00:00Z';

const SECURITY: Caller = {
  userId: 'bench',
  name: 'Bench',
  email: 'bench@example.org',
  role: 'security',
  accounts: null,
  sessionId: 'bench',
};

/** One act over a query and its undo, with events, versions and counts, beside a bare UPDATE of the same rows. */
export const triage: Benchmark = {
  name: 'triage',
  async measure({ freshDatabase }) {
    const url = await freshDatabase();
    const database = openDatabase(url);
    const stores = openStores(database);
    try {
      await fillFindings(database.pool, { findings: FINDINGS, accounts: 100, resources: 5_000, at: NOW });
      const accounts = await accountsWith(database, ACTED_ON);
      const deps = storeDependencies({ url, database, stores, close: async () => undefined }, () => NOW);
      const times = { act: [] as number[], undo: [] as number[], bare: [] as number[] };
      let applied = 0;
      for (let run = 0; run < RUNS; run += 1) {
        let actId = '';
        times.act.push(
          await milliseconds(async () => {
            ({ actId, applied } = await toEnd(deps, await accept(deps, accounts)));
          }),
        );
        times.undo.push(
          await milliseconds(async () => {
            await toEnd(deps, await runOperation(undoTriageAct, deps, SECURITY, { actId }));
          }),
        );
        times.bare.push(await milliseconds(() => bareUpdate(database, accounts)));
      }
      const size = `${applied.toLocaleString('en')} of ${FINDINGS.toLocaleString('en')} generated findings`;
      const peer = 'UPDATE of the same rows and columns, with kept counts, without rights, history or undo';
      const row = (name: string, figures: readonly number[]) => ({
        name,
        size,
        figure: median(figures),
        unit: 'ms',
        peer,
        peerFigure: median(times.bare),
      });
      return [row('triage, accept over a query', times.act), row('triage, undo', times.undo)];
    } finally {
      await stores.close();
      await database.close();
    }
  },
};

type OpenedDatabase = ReturnType<typeof openDatabase>;

/** The fewest accounts that hold so many open findings. */
async function accountsWith({ pool }: OpenedDatabase, wanted: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ account_id: string; n: number }>(
    "select account_id, count(*)::int as n from finding where status = 'ACTIVE' group by 1 order by 1",
  );
  const chosen: string[] = [];
  for (let sum = 0, at = 0; sum < wanted && at < rows.length; at += 1) {
    chosen.push(rows[at]?.account_id ?? '');
    sum += rows[at]?.n ?? 0;
  }
  return chosen;
}

function accept(deps: Dependencies, accounts: readonly string[]): Promise<ActAnswer> {
  const scope = { accounts, regions: [], environments: [], time: '90d' };
  return runOperation(setFindingStatus, deps, SECURITY, {
    actId: randomUUID(),
    selection: { kind: 'query', scope, criteria: DEFAULT_CRITERIA },
    status: 'accepted',
    reason: 'Filtered by the proxy before it',
    until: UNTIL,
  });
}

/** What the worker does with an act that is too large to wait for. */
async function toEnd(deps: Dependencies, { actId, jobId }: ActAnswer): Promise<{ actId: string; applied: number }> {
  if (jobId !== null) {
    const context = { id: jobId, signal: new AbortController().signal, progress: async () => {}, log: async () => {} };
    await triageFindingsHandler({ dependencies: deps }).run({ actId }, context);
  }
  const report = await deps.triage.report(actId, NOW);
  return { actId, applied: report?.applied ?? 0 };
}

/** Rolled back, so that every run finds the same rows. */
async function bareUpdate({ pool }: OpenedDatabase, accounts: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `update finding set team_status = 'accepted', status = 'SUPPRESSED', status_reason = 'Filtered by the proxy before it',
         accepted_until = $2::timestamptz, paused_since = $3::timestamptz, version = version + 1, due_at = due_at
       where account_id = any($1::text[]) and status = 'ACTIVE'`,
      [accounts, UNTIL, NOW],
    );
    await client.query('rollback');
  } finally {
    client.release();
  }
}
