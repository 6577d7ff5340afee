import { createHash } from 'node:crypto';
import { isNamedBy } from '../core/ecosystems/named-by.ts';
import { lifetimeOf } from '../core/findings/sights.ts';
import type {
  FindingChange,
  FindingStatus,
  ReportChanges,
  ScoredObservation,
  Sights,
  StoredFinding,
} from '../core/model/finding.ts';
import { type FindingKey, type InventoryDigest, inventoryDigest, type ResourceId } from '../core/model/ids.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { Account, Origin, Resource } from '../core/model/resource.ts';
import { criticalityOfTags, NO_FACTS } from '../core/model/resource-facts.ts';
import type { VexUse } from '../core/model/vex.ts';
import type { FindingStore } from '../core/ports/finding-store.ts';
import type { InventoryStore, StoredInventory } from '../core/ports/inventory-store.ts';
import type { MatchRecord, ResourceStore, ScanRecord } from '../core/ports/resource-store.ts';
import type { ScoringStore } from '../core/ports/scoring-store.ts';
import type { SignalStore } from '../core/ports/signal-store.ts';
import type { SuppressionStore } from '../core/ports/suppression-store.ts';
import { scoreOf } from '../core/risk/score.ts';
import { DEFAULT_SCORING_TERMS, type ScoringTerms } from '../core/risk/scoring-terms.ts';

/** A finding as the memory store keeps it. */
export interface MemoryFinding {
  readonly key: FindingKey;
  readonly resource: ResourceId;
  readonly observation: ScoredObservation;
  readonly contentHash: string;
  readonly status: FindingStatus;
  readonly sights: Sights;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly closedAt: Date | null;
}

/** Everything that a scan writes, in maps that a test may look into. */
export interface MemoryStores {
  readonly accounts: Map<string, Account>;
  readonly resourceRows: Map<ResourceId, Resource>;
  readonly scans: ScanRecord[];
  readonly matches: MatchRecord[];
  readonly currentInventory: Map<ResourceId, Inventory>;
  readonly findingRows: Map<FindingKey, MemoryFinding>;
  readonly findings: FindingStore;
  readonly inventories: InventoryStore;
  readonly resources: ResourceStore;
  readonly signals: SignalStore;
  readonly scoring: Pick<ScoringStore<ScoringTerms>, 'terms' | 'hold'>;
  readonly vexUses: Map<ResourceId, readonly VexUse[]>;
  readonly suppression: Pick<SuppressionStore, 'saveVexUses'>;
}

/** Finding, inventory and resource store in memory, for tests that need the pipeline but no database. */
export function memoryStores(): MemoryStores {
  const accounts = new Map<string, Account>();
  const resourceRows = new Map<ResourceId, Resource>();
  const scans: ScanRecord[] = [];
  const matches: MatchRecord[] = [];
  const currentInventory = new Map<ResourceId, Inventory>();
  const findingRows = new Map<FindingKey, MemoryFinding>();
  const vexUses = new Map<ResourceId, readonly VexUse[]>();
  return {
    vexUses,
    suppression: {
      saveVexUses: async (uses) => {
        for (const [resource, some] of uses) vexUses.set(resource, some);
      },
    },
    accounts,
    resourceRows,
    scans,
    matches,
    currentInventory,
    findingRows,
    findings: memoryFindings(findingRows),
    signals: memorySignals(resourceRows, findingRows),
    scoring: { terms: async () => DEFAULT_SCORING_TERMS, hold: async () => DEFAULT_SCORING_TERMS },
    inventories: memoryInventories(resourceRows, currentInventory),
    resources: {
      upsertAccounts: async (rows) => {
        for (const row of rows) accounts.set(row.id, row);
      },
      upsert: async (rows) => {
        for (const row of rows) resourceRows.set(row.id, row);
      },
      facts: async (resource) => ({
        ...NO_FACTS,
        criticality: criticalityOfTags(resourceRows.get(resource)?.tags ?? {}),
      }),
      recordScan: async (record) => {
        scans.push(record);
      },
      recordScans: async (records) => {
        scans.push(...records);
      },
      recordMatches: async (records) => {
        matches.push(...records);
      },
      removeSample: async () => {
        const removed = [...resourceRows.values()].filter((row) => row.sample).map((row) => row.id);
        for (const id of removed) {
          resourceRows.delete(id);
          currentInventory.delete(id);
          for (const finding of [...findingRows.values()]) if (finding.resource === id) findingRows.delete(finding.key);
        }
        const kept = scans.filter((scan) => resourceRows.has(scan.resource));
        scans.splice(0, scans.length, ...kept);
        for (const account of [...accounts.values()]) if (account.sample) accounts.delete(account.id);
        return removed.length;
      },
    },
  };
}

function memoryInventories(
  resources: ReadonlyMap<ResourceId, Resource>,
  inventories: Map<ResourceId, Inventory>,
): InventoryStore {
  let matched: string | null = null;
  const stored = (resource: ResourceId): StoredInventory | null => {
    const inventory = inventories.get(resource);
    const environment = resources.get(resource)?.environment ?? null;
    return inventory === undefined ? null : { resource, environment, digest: digestIn(inventory), inventory };
  };
  return {
    save: async (resource, inventory) => {
      inventories.set(resource, inventory);
      return digestIn(inventory);
    },
    saveAll: async (all) => {
      for (const [resource, inventory] of all) inventories.set(resource, inventory);
      return new Map([...all].map(([resource, inventory]) => [resource, digestIn(inventory)]));
    },
    async *withPackage(keys) {
      for (const { id, sample } of resources.values()) {
        const one = sample ? null : stored(id);
        const isNamed = one?.inventory.packages.some(
          (pkg) => keys === 'everything' || isNamedBy(pkg, one.inventory.distro, keys),
        );
        if (one !== null && isNamed) yield one;
      }
    },
    currentAll: async (known) => known.flatMap(({ resource }) => stored(resource) ?? []),
    of: async (resource) => stored(resource),
    withoutAdvisories: async () => [],
    matchedRevision: async () => matched,
    saveMatchedRevision: async (revision, _ecosystems, _now) => {
      matched = revision;
    },
  };
}

function digestIn({ packages }: Inventory): InventoryDigest {
  const names = packages.map((pkg) => `${pkg.purl} ${pkg.path}`).join('\n');
  return inventoryDigest(createHash('sha256').update(names).digest('hex'));
}

function memorySignals(
  resources: ReadonlyMap<ResourceId, Resource>,
  rows: Map<FindingKey, MemoryFinding>,
): SignalStore {
  return {
    after: async (id, limit) => {
      const known = [...rows.values()].map(({ observation }) => observation.vulnerability);
      const byId = new Map(known.filter((one) => one.id > id).map((one) => [one.id, one]));
      return [...byId.values()]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(({ id: name, epss, kev, exploit = null }) => ({ id: name, epss, kev, exploit }));
    },
    save: async (signals) => {
      let moved = 0;
      for (const row of [...rows.values()]) {
        const found = signals.find((one) => one.id === row.observation.vulnerability.id);
        if (found === undefined) continue;
        const { epss, kev, exploit } = found;
        const { vulnerability, rating } = row.observation;
        const environment = resources.get(row.resource)?.environment ?? null;
        const score = scoreOf({ rating, epss, kev, exploit, environment, cwes: vulnerability.cwes });
        moved += score.score === row.observation.score.score ? 0 : 1;
        const flaw = { ...vulnerability, epss, kev, ...(exploit === null ? {} : { exploit }) };
        rows.set(row.key, { ...row, observation: { ...row.observation, vulnerability: flaw, score } });
      }
      return moved;
    },
    resourcesWith: async (ids) => {
      const open = [...rows.values()].filter(({ status }) => status !== 'CLOSED');
      const named = open.filter(({ observation }) => ids.includes(observation.vulnerability.id));
      return [...new Set(named.map(({ resource }) => resource))].sort();
    },
  };
}

function memoryFindings(rows: Map<FindingKey, MemoryFinding>): FindingStore {
  const looks = new Map<string, { completes: number[]; lookedAt: number }>();
  return {
    current: async (resources, scanType, origin) =>
      new Map(
        resources.map((resource) => [
          resource,
          {
            findings: [...rows.values()].filter((row) => row.resource === resource).map(toStored),
            completes: Object.fromEntries(
              ORIGINS.map((one) => [one, looks.get(`${resource} ${scanType} ${one}`)?.completes ?? []]),
            ),
            lookedAt: looks.get(`${resource} ${scanType} ${origin}`)?.lookedAt ?? null,
            clock: Number.POSITIVE_INFINITY,
          },
        ]),
      ),
    apply: async (reports, now) => {
      const counts = { open: 0, refresh: 0, reopen: 0, seen: 0, sight: 0, 'drop-origin': 0, close: 0 };
      for (const report of reports) {
        for (const change of report.changes) {
          counts[change.kind] += 1;
          if (change.kind !== 'seen') {
            const next = changed(rows, report.resource, change, now);
            rows.set(next.key, next);
          }
        }
        noteLook(looks, report);
      }
      return counts;
    },
  };
}

const ORIGINS: readonly Origin[] = ['harrier', 'security-hub'];

function noteLook(
  looks: Map<string, { completes: number[]; lookedAt: number }>,
  { resource, scanType, origin, at, outcome, again }: ReportChanges,
): void {
  if (again || outcome === 'failed') return;
  const place = `${resource} ${scanType} ${origin}`;
  const known = looks.get(place) ?? { completes: [], lookedAt: 0 };
  const completes = outcome === 'complete' ? [...known.completes, at.getTime()] : known.completes;
  looks.set(place, {
    completes: [...new Set(completes)].sort((a, b) => a - b),
    lookedAt: Math.max(known.lookedAt, at.getTime()),
  });
}

function changed(
  rows: ReadonlyMap<FindingKey, MemoryFinding>,
  resource: ResourceId,
  change: Exclude<FindingChange, { readonly kind: 'seen' }>,
  now: Date,
): MemoryFinding {
  const { firstSeenAt, closedAt } = lifetimeOf(change.sights);
  const life = {
    sights: change.sights,
    status: closedAt === null ? ('ACTIVE' as const) : ('CLOSED' as const),
    firstSeenAt: new Date(firstSeenAt),
    closedAt: closedAt === null ? null : new Date(closedAt),
  };
  if ('observation' in change) {
    const { observation, contentHash } = change;
    return { key: observation.key, resource, observation, contentHash, lastSeenAt: now, ...life };
  }
  const before = rows.get(change.key);
  if (!before) throw new Error(`A change of kind ${change.kind} names a finding that is not stored.`);
  return { ...before, ...life };
}

function toStored(row: MemoryFinding): StoredFinding {
  const { key, resource, status, sights, contentHash } = row;
  const { type, vulnerability } = row.observation;
  return { key, resource, type, vulnerability: vulnerability.id, status, sights, contentHash };
}
