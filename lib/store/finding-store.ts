import type { CloseReason, FindingChange, StoredFinding } from '../core/model/finding.ts';
import { findingKey, type ResourceId } from '../core/model/ids.ts';
import type { FindingType, Origin, ScanType } from '../core/model/resource.ts';
import type { FindingStore } from '../core/ports/finding-store.ts';
import {
  appendEvents,
  closeEvent,
  type NewFindingEvent,
  openEvent,
  refreshEvent,
  reopenEvent,
} from './finding-events.ts';
import { type FindingBefore, type FindingColumns, type FindingResource, toFindingColumns } from './finding-rows.ts';
import {
  CLOSE,
  DROP_ORIGINS,
  FIND_BEFORE,
  INSERT,
  KEEP_ORIGINS,
  LOCK_RESOURCE,
  OF_RESOURCE,
  SEEN,
  UPDATE,
} from './finding-statements.ts';
import { inChunks } from './in-chunks.ts';
import { saveVulnerabilities } from './save-vulnerabilities.ts';
import type { Sql } from './sql.ts';
import { toJson } from './to-json.ts';

const CHUNK = 1_000;

/** The finding type that each scan type yields; CIS scans yield results, not findings. */
const TYPE_OF_SCAN: Readonly<Record<ScanType, FindingType | null>> = {
  package: 'PACKAGE_VULNERABILITY',
  network: 'NETWORK_REACHABILITY',
  code: 'CODE_VULNERABILITY',
  cis: null,
};

export function createFindingStore(sql: Sql): FindingStore {
  return {
    async ofResource(resource, scanType) {
      if (sql.inTransaction) {
        // From here to the end of the transaction no other worker decides about this resource, so what is read
        // now is still true when the changes are applied.
        await sql.query(LOCK_RESOURCE, [resource]);
      }
      const rows = await sql.query<StoredRow>(OF_RESOURCE, [resource, TYPE_OF_SCAN[scanType]]);
      return rows.map((row) => toStoredFinding(resource, row));
    },
    apply: (resource, origin, changes, now) => applyChanges(sql, resource, origin, changes, now),
  };
}

interface StoredRow {
  readonly key: string;
  readonly type: FindingType;
  readonly vulnerability_id: string;
  readonly status: StoredFinding['status'];
  readonly origins: readonly Origin[];
  readonly content_hash: string;
  readonly closed_at: Date | null;
}

function toStoredFinding(resource: ResourceId, row: StoredRow): StoredFinding {
  return {
    key: findingKey(row.key),
    resource,
    type: row.type,
    vulnerability: row.vulnerability_id,
    status: row.status,
    origins: row.origins,
    contentHash: row.content_hash,
    closedAt: row.closed_at,
  };
}

/** The changes sorted by what the database has to do. Kinds are decided anew from what is stored under the lock. */
interface Plan {
  readonly inserts: FindingColumns[];
  readonly refreshes: FindingColumns[];
  readonly reopens: FindingColumns[];
  readonly seen: string[];
  readonly closes: string[];
  readonly drops: { readonly key: string; readonly origin: Origin }[];
  readonly events: NewFindingEvent[];
}

async function applyChanges(
  sql: Sql,
  resource: ResourceId,
  origin: Origin,
  changes: readonly FindingChange[],
  now: Date,
): Promise<Record<FindingChange['kind'], number>> {
  const [locked] = await sql.query<FindingResource>(LOCK_RESOURCE, [resource]);
  if (locked === undefined) {
    throw new Error(`findings of an unknown resource: ${resource}`);
  }
  const before = await findBefore(sql, changes);
  const plan = makePlan(changes, before, locked, now);
  await saveVulnerabilities(sql, observedVulnerabilities(changes), now);
  const counts = {
    open: await writeRows(sql, INSERT, plan.inserts, [now, locked.id]),
    refresh: await writeRows(sql, UPDATE, plan.refreshes, [now]),
    reopen: await writeRows(sql, UPDATE, plan.reopens, [now]),
    seen: await countOf(sql, SEEN, [plan.seen, now]),
    'drop-origin': await countOf(sql, DROP_ORIGINS, [toJson(plan.drops)]),
    close: await countOf(sql, CLOSE, [plan.closes, now]),
  };
  const reported = [...plan.inserts, ...plan.refreshes, ...plan.reopens].map((row) => row.key).concat(plan.seen);
  if (reported.length > 0) {
    await sql.query(KEEP_ORIGINS, [reported, origin, now]);
  }
  await appendEvents(sql, locked, origin, plan.events, now);
  return counts;
}

async function findBefore(sql: Sql, changes: readonly FindingChange[]): Promise<ReadonlyMap<string, FindingBefore>> {
  const keys = changes.map((change) => ('observation' in change ? change.observation.key : change.key));
  const rows = await sql.query<FindingBefore>(FIND_BEFORE, [keys]);
  return new Map(rows.map((row) => [row.key, row]));
}

function observedVulnerabilities(changes: readonly FindingChange[]) {
  return changes.flatMap((change) => ('observation' in change ? [change.observation.vulnerability] : []));
}

/**
 * A change was decided from what the caller had read, perhaps before another worker's commit. What the row says now,
 * under the lock, wins: "open" of a finding that is there already is a sighting, never a second row.
 */
function makePlan(
  changes: readonly FindingChange[],
  before: ReadonlyMap<string, FindingBefore>,
  resource: FindingResource,
  now: Date,
): Plan {
  const plan: Plan = { inserts: [], refreshes: [], reopens: [], seen: [], closes: [], drops: [], events: [] };
  const planned = new Set<string>();
  for (const change of changes) {
    const key = 'observation' in change ? change.observation.key : change.key;
    const stored = before.get(key);
    if (change.kind === 'drop-origin') {
      plan.drops.push({ key, origin: change.origin });
    } else if (planned.has(key)) {
      // The same key twice in one list is one finding.
    } else if ('observation' in change) {
      planObservation(plan, change, stored, resource, now);
    } else if (stored !== undefined && change.kind === 'seen') {
      plan.seen.push(key);
    } else if (stored !== undefined && change.kind === 'close') {
      planClose(plan, stored, change.reason);
    }
    planned.add(key);
  }
  return plan;
}

function planObservation(
  plan: Plan,
  change: Extract<FindingChange, { readonly kind: 'open' | 'refresh' | 'reopen' }>,
  stored: FindingBefore | undefined,
  resource: FindingResource,
  now: Date,
): void {
  const reopened = stored?.status === 'CLOSED';
  const openedAt = stored === undefined || reopened ? now : stored.opened_at;
  const row = toFindingColumns(change.observation, change.contentHash, resource, openedAt);
  if (stored === undefined) {
    plan.inserts.push(row);
    plan.events.push(openEvent(row));
  } else if (reopened) {
    plan.reopens.push(row);
    plan.events.push(reopenEvent(stored, row));
  } else if (stored.content_hash === change.contentHash) {
    plan.seen.push(row.key);
  } else {
    plan.refreshes.push(row);
    const event = refreshEvent(stored, row);
    if (event !== null) {
      plan.events.push(event);
    }
  }
}

function planClose(plan: Plan, stored: FindingBefore, reason: CloseReason): void {
  if (stored.status !== 'CLOSED') {
    plan.closes.push(stored.key);
    plan.events.push(closeEvent(stored, reason));
  }
}

async function writeRows(
  sql: Sql,
  statement: string,
  rows: readonly FindingColumns[],
  values: readonly unknown[],
): Promise<number> {
  let written = 0;
  for (const chunk of inChunks(rows, CHUNK)) {
    written += await countOf(sql, statement, [toJson(chunk), ...values]);
  }
  return written;
}

async function countOf(sql: Sql, statement: string, values: readonly [string | readonly unknown[], ...unknown[]]) {
  const [list] = values;
  if (list.length === 0 || list === '[]') {
    return 0;
  }
  const [row] = await sql.query<{ n: number }>(statement, values);
  return row?.n ?? 0;
}
