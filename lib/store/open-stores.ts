import type { RoutingRule } from '../core/findings/routing.ts';
import type { SlaPolicy } from '../core/findings/sla-policy.ts';
import type { ActivityStore } from '../core/ports/activity-store.ts';
import type { CloudStore } from '../core/ports/cloud-store.ts';
import type { ConsoleReads } from '../core/ports/console-reads.ts';
import type { DutyStore } from '../core/ports/duty-store.ts';
import type { FindingStore } from '../core/ports/finding-store.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import type { InventoryStore } from '../core/ports/inventory-store.ts';
import type { MailStore } from '../core/ports/mail-store.ts';
import type { NetworkStore } from '../core/ports/network-store.ts';
import type { NoticeStore } from '../core/ports/notice-store.ts';
import type { PersonalStore } from '../core/ports/personal-store.ts';
import type { RegistryCredentialStore } from '../core/ports/registry-credential-store.ts';
import type { ResourceStore } from '../core/ports/resource-store.ts';
import type { ScoringStore } from '../core/ports/scoring-store.ts';
import type { SignalStore } from '../core/ports/signal-store.ts';
import type { SuppressionStore } from '../core/ports/suppression-store.ts';
import type { TargetStore } from '../core/ports/target-store.ts';
import type { TriageStore } from '../core/ports/triage-store.ts';
import type { UploadStore } from '../core/ports/upload-store.ts';
import type { UserStore } from '../core/ports/user-store.ts';
import type { ScoringTerms } from '../core/risk/scoring-terms.ts';
import type { JobQueue } from '../jobs/contracts.ts';
import { createActivityStore } from './activity/activity-store.ts';
import type { Database, TransactionClient } from './client.ts';
import { createCloudStore } from './cloud/cloud-store.ts';
import { createTargetStore } from './cloud/target-store.ts';
import { createConsoleReads } from './console-reads.ts';
import { createDutyStore } from './duty/duty-store.ts';
import { createFindingStore } from './finding-store.ts';
import { createHistoryStore } from './history/history-store.ts';
import { createInventoryStore } from './inventory-store.ts';
import { createJobQueue } from './job-queue.ts';
import { createMailStore } from './mail/mail-store.ts';
import { createNetworkStore } from './network/network-store.ts';
import { createNoticeStore } from './notices/notice-store.ts';
import { createPersonalStore } from './personal-store.ts';
import { openQueue, type Queue } from './queue.ts';
import { createRegistryCredentialStore } from './registry-credential-store.ts';
import { createResourceStore } from './resource-store.ts';
import { createScoringStore } from './scoring/scoring-store.ts';
import { createSignalStore } from './signal-store.ts';
import { sqlOfPool, sqlOfTransaction } from './sql.ts';
import { createSuppressionStore } from './suppression/suppression-store.ts';
import { inTransaction } from './transaction.ts';
import { createTriageStore } from './triage/triage-store.ts';
import { createUploadStore } from './upload-store.ts';
import { createUserStore } from './user-store.ts';

/** All store ports, either on the pool or inside one transaction. */
export interface Stores {
  readonly reads: ConsoleReads;
  readonly activity: ActivityStore;
  readonly findings: FindingStore;
  readonly triage: TriageStore;
  readonly cloud: CloudStore;
  readonly network: NetworkStore;
  readonly targets: TargetStore;
  readonly duty: DutyStore<SlaPolicy, RoutingRule>;
  readonly history: HistoryStore;
  readonly inventories: InventoryStore;
  readonly resources: ResourceStore;
  readonly suppression: SuppressionStore;
  readonly personal: PersonalStore;
  readonly notices: NoticeStore;
  readonly mail: MailStore;
  readonly users: UserStore;
  readonly uploads: UploadStore;
  readonly signals: SignalStore;
  readonly scoring: ScoringStore<ScoringTerms>;
  readonly registryCredentials: RegistryCredentialStore;
  readonly jobs: JobQueue;
}

export interface OpenStores extends Stores {
  /** Runs the work with stores that share one transaction. */
  atomically<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Stops the sending side of the queue; the database is closed by whoever opened it. */
  close(): Promise<void>;
}

/** `secret` is the installation's own, under which passwords are sealed. */
export function openStores(
  database: Database,
  now: () => Date = () => new Date(),
  secret: string | null = null,
): OpenStores {
  const queue = openQueue(database);
  const sql = sqlOfPool(database.pool);
  const atomically = <T>(work: (stores: Stores) => Promise<T>) =>
    inTransaction(database, (transaction) => work(storesInside(transaction, queue, now, secret)));
  // A call outside a transaction that takes several statements gets a transaction of its own.
  return {
    reads: createConsoleReads(sql),
    activity: createActivityStore(sql),
    findings: {
      current: createFindingStore(sql).current,
      apply: (...args) => atomically((stores) => stores.findings.apply(...args)),
    },
    cloud: createCloudStore(sql),
    network: createNetworkStore(sql),
    targets: createTargetStore(sql),
    duty: { ...createDutyStore(sql), applyNext: (after) => atomically((stores) => stores.duty.applyNext(after)) },
    triage: {
      ...createTriageStore(sql),
      begin: (...args) => atomically((stores) => stores.triage.begin(...args)),
      beginUndo: (...args) => atomically((stores) => stores.triage.beginUndo(...args)),
      advance: (...args) => atomically((stores) => stores.triage.advance(...args)),
      rewriteComment: (...args) => atomically((stores) => stores.triage.rewriteComment(...args)),
    },
    history: createHistoryStore(sql),
    inventories: {
      ...createInventoryStore(sql),
      save: (...args) => atomically((stores) => stores.inventories.save(...args)),
      saveAll: (...args) => atomically((stores) => stores.inventories.saveAll(...args)),
    },
    resources: {
      upsertAccounts: createResourceStore(sql).upsertAccounts,
      facts: createResourceStore(sql).facts,
      recordScan: createResourceStore(sql).recordScan,
      recordScans: createResourceStore(sql).recordScans,
      recordMatches: createResourceStore(sql).recordMatches,
      upsert: (...args) => atomically((stores) => stores.resources.upsert(...args)),
      removeSample: () => atomically((stores) => stores.resources.removeSample()),
    },
    suppression: {
      ...createSuppressionStore(sql),
      judge: (...args) => atomically((stores) => stores.suppression.judge(...args)),
      endDecisions: (...args) => atomically((stores) => stores.suppression.endDecisions(...args)),
      saveVexUses: (...args) => atomically((stores) => stores.suppression.saveVexUses(...args)),
    },
    personal: createPersonalStore(sql),
    notices: createNoticeStore(sql),
    mail: createMailStore(sql, secret),
    users: createUserStore(database.prisma),
    uploads: createUploadStore(sql),
    signals: {
      ...createSignalStore(sql),
      save: (...args) => atomically((stores) => stores.signals.save(...args)),
    },
    scoring: {
      ...createScoringStore(sql),
      save: (...args) => atomically((stores) => stores.scoring.save(...args)),
      applyNext: (...args) => atomically((stores) => stores.scoring.applyNext(...args)),
    },
    registryCredentials: createRegistryCredentialStore(sql, secret),
    jobs: {
      enqueue: (...args) => atomically((stores) => stores.jobs.enqueue(...args)),
      cancel: (id) => atomically((stores) => stores.jobs.cancel(id)),
      countWorkers: () => atomically((stores) => stores.jobs.countWorkers()),
    },
    atomically,
    close: () => queue.stop(),
  };
}

function storesInside(transaction: TransactionClient, queue: Queue, now: () => Date, secret: string | null): Stores {
  const sql = sqlOfTransaction(transaction);
  return {
    reads: createConsoleReads(sql),
    activity: createActivityStore(sql),
    findings: createFindingStore(sql),
    triage: createTriageStore(sql),
    cloud: createCloudStore(sql),
    network: createNetworkStore(sql),
    targets: createTargetStore(sql),
    duty: createDutyStore(sql),
    history: createHistoryStore(sql),
    inventories: createInventoryStore(sql),
    resources: createResourceStore(sql),
    suppression: createSuppressionStore(sql),
    personal: createPersonalStore(sql),
    notices: createNoticeStore(sql),
    mail: createMailStore(sql, secret),
    users: createUserStore(transaction),
    uploads: createUploadStore(sql),
    signals: createSignalStore(sql),
    scoring: createScoringStore(sql),
    registryCredentials: createRegistryCredentialStore(sql, secret),
    jobs: createJobQueue(queue, transaction, now),
  };
}
