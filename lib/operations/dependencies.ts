import type { RoutingRule } from '../core/findings/routing.ts';
import type { SlaPolicy } from '../core/findings/sla-policy.ts';
import type { ActivityStore } from '../core/ports/activity-store.ts';
import type { AdvisoryIndex } from '../core/ports/advisory-index.ts';
import type { CloudStore } from '../core/ports/cloud-store.ts';
import type { ConsoleReads } from '../core/ports/console-reads.ts';
import type { DutyStore } from '../core/ports/duty-store.ts';
import type { FindingStore } from '../core/ports/finding-store.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import type { InventoryStore } from '../core/ports/inventory-store.ts';
import type { MailSender } from '../core/ports/mail-sender.ts';
import type { MailStore } from '../core/ports/mail-store.ts';
import type { NetworkStore } from '../core/ports/network-store.ts';
import type { NoticeStore } from '../core/ports/notice-store.ts';
import type { PersonalStore } from '../core/ports/personal-store.ts';
import type { RegistryCredentialStore } from '../core/ports/registry-credential-store.ts';
import type { ResourceStore } from '../core/ports/resource-store.ts';
import type { ScoringStore } from '../core/ports/scoring-store.ts';
import type { SignalStore } from '../core/ports/signal-store.ts';
import type { SuppressionStore } from '../core/ports/suppression-store.ts';
import type { SystemReads } from '../core/ports/system-reads.ts';
import type { TargetStore } from '../core/ports/target-store.ts';
import type { TriageStore } from '../core/ports/triage-store.ts';
import type { UploadStore } from '../core/ports/upload-store.ts';
import type { UserStore } from '../core/ports/user-store.ts';
import type { ScoringTerms } from '../core/risk/scoring-terms.ts';
import type { JobQueue } from '../jobs/contracts.ts';

/** The walls as the rooms see them: built once in lib/wiring, faked in tests. */
export interface Dependencies {
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
  readonly mailSender: MailSender;
  readonly system: SystemReads;
  /** The newest advisory index on this machine; opened anew when a sync has swapped it. */
  advisories(): AdvisoryIndex;
  readonly clock: { now(): Date };
  /** Runs the work in one transaction; every store inside it writes through that transaction. */
  atomically<T>(work: (deps: Dependencies) => Promise<T>): Promise<T>;
}
