import { lifetimeOf } from '../core/findings/sights.ts';
import type {
  FindingChange,
  ReportChanges,
  Sights,
  StoredFinding,
  StoredFindings,
  Vulnerability,
} from '../core/model/finding.ts';
import type { EventCause } from '../core/model/history.ts';
import { findingKey, type ResourceId } from '../core/model/ids.ts';
import type { FindingType, Origin, ScanType } from '../core/model/resource.ts';
import type { ChangeCounts, FindingStore } from '../core/ports/finding-store.ts';
import {
  appendEvents,
  closeEvent,
  type NewFindingEvent,
  openEvent,
  refreshEvent,
  reopenEvent,
} from './finding-events.ts';
import {
  type ContentColumns,
  type FindingBefore,
  type FindingColumns,
  type SightColumns,
  toContentColumns,
  toFindingColumns,
  toSightColumns,
} from './finding-rows.ts';
import {
  ADD_CONTENTS,
  CLOCK,
  FIND_BEFORE,
  INSERT,
  LOCK_RESOURCES,
  MOVE_SIGHTS,
  NOTE_REPORTS,
  OF_RESOURCES,
  REPORTS_OF,
  TOLD_BEFORE,
  UPDATE,
} from './finding-statements.ts';
import { inChunks } from './in-chunks.ts';
import { saveVulnerabilities } from './save-vulnerabilities.ts';
import type { Sql } from './sql.ts';
import { applyRulesTo, holdRules } from './suppression/judge-findings.ts';
import { toJson } from './to-json.ts';

const CHUNK = 2_000;

/** The finding type that each scan type yields; CIS scans yield results, not findings. */
const TYPE_OF_SCAN: Readonly<Record<ScanType, FindingType | null>> = {
  package: 'PACKAGE_VULNERABILITY',
  network: 'NETWORK_REACHABILITY',
  code: 'CODE_VULNERABILITY',
  cis: null,
};

export function createFindingStore(sql: Sql): FindingStore {
  return {
    current: (resources, scanType, origin) => currentFindings(sql, resources, scanType, origin),
    apply: (reports, now) => applyReports(sql, reports, now),
  };
}

interface StoredRow {
  readonly resource_id: string;
  readonly key: string;
  readonly type: FindingType;
  readonly vulnerability_id: string;
  readonly status: StoredFinding['status'];
  readonly content_hash: string;
  readonly sights: Sights;
}

interface ReportRow {
  readonly resource_id: string;
  readonly origin: Origin;
  readonly completes: readonly Date[];
  readonly looked_at: Date;
}

async function currentFindings(
  sql: Sql,
  resources: readonly ResourceId[],
  scanType: ScanType,
  origin: Origin,
): Promise<ReadonlyMap<ResourceId, StoredFindings>> {
  const numbers = await lockResources(sql, resources);
  const ids = [...numbers.values()];
  const rows = await sql.query<StoredRow>(OF_RESOURCES, [ids, TYPE_OF_SCAN[scanType]]);
  const reports = await sql.query<ReportRow>(REPORTS_OF, [ids, scanType]);
  const [time] = await sql.query<{ clock: Date }>(CLOCK);
  const clock = time?.clock.getTime() ?? Number.POSITIVE_INFINITY;
  const rowsOf = Map.groupBy(rows, (row) => row.resource_id);
  const reportsOf = Map.groupBy(reports, (row) => row.resource_id);
  return new Map(
    [...numbers].map(([resource, id]) => {
      const told = reportsOf.get(id) ?? [];
      const own = told.find((row) => row.origin === origin);
      const stored: StoredFindings = {
        findings: (rowsOf.get(id) ?? []).map((row) => toStoredFinding(resource, row)),
        completes: Object.fromEntries(told.map((row) => [row.origin, row.completes.map((at) => at.getTime())])),
        lookedAt: own?.looked_at.getTime() ?? null,
        clock,
      };
      return [resource, stored] as const;
    }),
  );
}

/** Row numbers by key. From here to the end of the transaction no other worker decides about these resources. */
async function lockResources(sql: Sql, resources: readonly ResourceId[]): Promise<ReadonlyMap<ResourceId, string>> {
  const rows = await sql.query<{ id: string; key: ResourceId }>(LOCK_RESOURCES, [[...new Set(resources)]]);
  return new Map(rows.map(({ id, key }) => [key, id]));
}

function toStoredFinding(resource: ResourceId, row: StoredRow): StoredFinding {
  return {
    key: findingKey(row.key),
    resource,
    type: row.type,
    vulnerability: row.vulnerability_id,
    status: row.status,
    sights: row.sights,
    contentHash: row.content_hash,
  };
}

/** The changes sorted by what the database has to do. */
interface Plan {
  readonly inserts: FindingColumns[];
  readonly updates: FindingColumns[];
  readonly sights: SightColumns[];
  readonly events: NewFindingEvent[];
  readonly counts: Record<FindingChange['kind'], number>;
}

async function applyReports(sql: Sql, reports: readonly ReportChanges[], now: Date): Promise<ChangeCounts> {
  const numbers = await lockResources(
    sql,
    reports.map(({ resource }) => resource),
  );
  await holdRules(sql);
  const before = await findBefore(sql, reports);
  const told = await sql.query<{ id: string }>(TOLD_BEFORE, [[...numbers.values()]]);
  const known = new Set(told.map(({ id }) => id));
  const plan: Plan = {
    inserts: [],
    updates: [],
    sights: [],
    events: [],
    counts: { open: 0, refresh: 0, reopen: 0, seen: 0, sight: 0, 'drop-origin': 0, close: 0 },
  };
  for (const report of reports) {
    const id = numbers.get(report.resource);
    if (id === undefined) {
      throw new Error(`findings of an unknown resource: ${report.resource}`);
    }
    planReport(plan, report, id, before, causeOf(report, known.has(id)));
  }
  const observations = reports.flatMap(({ changes }) =>
    changes.flatMap((change) => ('observation' in change ? [change.observation] : [])),
  );
  const contents = new Map<string, ContentColumns>();
  for (const content of observations.map(toContentColumns)) {
    contents.set(content.hash, content);
  }
  // First of all writes: whoever clears away what nobody uses takes this table's lock, and so sees either all of this or
  // nothing of it.
  await writeRows(sql, ADD_CONTENTS, [...contents.values()]);
  await saveVulnerabilities(sql, reports.flatMap(vulnerabilitiesOf), now);
  await writeRows(sql, INSERT, plan.inserts, [now]);
  await writeRows(sql, UPDATE, plan.updates, [now]);
  await writeRows(sql, MOVE_SIGHTS, plan.sights, [now]);
  await writeRows(
    sql,
    NOTE_REPORTS,
    reports.flatMap((report) => noteOf(report, numbers.get(report.resource))),
  );
  await appendEvents(sql, plan.events, now);
  const keys = [...plan.inserts, ...plan.updates, ...plan.sights].map(({ key }) => key);
  await applyRulesTo(sql, { keys }, now);
  return plan.counts;
}

/** What the changes tell of flaws, whether or not the finding itself changed. */
function vulnerabilitiesOf({ changes }: ReportChanges): readonly Vulnerability[] {
  return changes.flatMap((change) => {
    if ('observation' in change) {
      return [change.observation.vulnerability];
    }
    return 'vulnerability' in change && change.vulnerability !== undefined ? [change.vulnerability] : [];
  });
}

async function findBefore(sql: Sql, reports: readonly ReportChanges[]): Promise<ReadonlyMap<string, FindingBefore>> {
  const keys = reports.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'seen' ? [] : [keyOf(change)])),
  );
  const rows = keys.length === 0 ? [] : await sql.query<FindingBefore>(FIND_BEFORE, [keys]);
  return new Map(rows.map((row) => [row.key, row]));
}

/** What was looked at before and is held against newer advisories is no report of its own. */
function noteOf({ scanType, origin, outcome, at, again }: ReportChanges, id: string | undefined) {
  return again || outcome === 'failed'
    ? []
    : [{ resource_id: id, scan_type: scanType, origin, at, complete: outcome === 'complete' }];
}

function planReport(
  plan: Plan,
  { origin, changes }: ReportChanges,
  resourceId: string,
  before: ReadonlyMap<string, FindingBefore>,
  cause: EventCause,
): void {
  for (const change of changes) {
    plan.counts[change.kind] += 1;
    if (change.kind === 'seen') {
      continue;
    }
    const stored = before.get(keyOf(change));
    const event = eventOf(change, stored, origin, cause);
    if ('observation' in change) {
      const row = toFindingColumns(change.observation, change.contentHash, change.sights, resourceId);
      (stored === undefined ? plan.inserts : plan.updates).push(row);
      plan.events.push(...lifeEvents(row, stored, origin, cause));
    } else if (stored !== undefined) {
      plan.sights.push(toSightColumns(stored, change.sights));
      plan.events.push(...event);
    }
  }
}

/** The steps of its life that an observation means. What is told late may have opened and ended before now. */
function lifeEvents(
  row: FindingColumns,
  stored: FindingBefore | undefined,
  origin: Origin,
  cause: EventCause,
): readonly NewFindingEvent[] {
  if (stored === undefined) {
    const opened = openEvent(row, origin, cause);
    return row.closed_at === null ? [opened] : [opened, closeEvent(row, 'remediated', origin)];
  }
  if (stored.status === 'CLOSED' && row.closed_at === null) {
    return [reopenEvent(stored, origin, cause)];
  }
  const event = refreshEvent(stored, row, origin, cause);
  return event === null ? [] : [event];
}

function eventOf(
  change: FindingChange,
  stored: FindingBefore | undefined,
  origin: Origin,
  cause: EventCause,
): readonly NewFindingEvent[] {
  if (stored === undefined || !('sights' in change)) {
    return [];
  }
  const isOpen = lifetimeOf(change.sights).closedAt === null;
  if (change.kind === 'close' && stored.status !== 'CLOSED') {
    return [closeEvent(stored, change.reason, origin)];
  }
  return change.kind === 'sight' && stored.status === 'CLOSED' && isOpen ? [reopenEvent(stored, origin, cause)] : [];
}

/** Why what this report opens was not open before. A resource's first report opens all that is there. */
function causeOf({ again }: ReportChanges, isKnown: boolean): EventCause {
  if (again) {
    return 'new-advisory';
  }
  return isKnown ? 'scan' : 'new-resource';
}

function keyOf(change: FindingChange): string {
  return 'observation' in change ? change.observation.key : change.key;
}

async function writeRows(
  sql: Sql,
  statement: string,
  rows: readonly object[],
  values: readonly unknown[] = [],
): Promise<void> {
  for (const chunk of inChunks(rows, CHUNK)) {
    await sql.query(statement, [toJson(chunk), ...values]);
  }
}
