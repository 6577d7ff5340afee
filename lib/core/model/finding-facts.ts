import type { FindingStatus } from './finding.ts';
import type { FindingType, Origin, ResourceKind } from './resource.ts';
import type { ReachGroup } from './resource-facts.ts';
import type { Severity } from './severity.ts';
import type { TeamStatus } from './triage.ts';

/** Everything that a query can ask of one finding. What is not known, or is nothing of its kind, is null or empty. */
export interface FindingFacts {
  /** `arn:aws:inspector2:<region>:<account>:finding/<32 hexadecimal digits>` */
  readonly arn: string;
  readonly type: FindingType | 'CIS';
  readonly status: FindingStatus;
  /** What the team says of it; what it decides to live with is hidden and so SUPPRESSED. A scan alone says fixed: CLOSED. */
  readonly teamStatus: Exclude<TeamStatus, 'fixed'>;
  readonly title: string;
  readonly severity: Severity;
  readonly score: number | null;
  /** The score after Amazon Inspector's way. */
  readonly inspectorScore: number | null;
  readonly fixAvailable: 'yes' | 'no' | 'partial';
  /** `kev` goes before `public`. */
  readonly exploit: 'kev' | 'public' | 'none';
  readonly reach: ReachGroup | null;
  readonly owner: string | null;
  readonly team: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly updatedAt: Date;
  readonly dueAt: Date | null;
  /** Since when the clock of the due date stands still. */
  readonly pausedSince: Date | null;
  readonly snoozedUntil: Date | null;
  readonly sources: readonly Origin[];
  readonly control: string | null;
  readonly account: { readonly id: string; readonly name: string; readonly organizationalUnit: string };
  readonly region: string;
  readonly environment: string | null;
  readonly vulnerability: VulnerabilityFacts | null;
  readonly packages: readonly PackageFacts[];
  readonly resource: ResourceFacts;
  readonly network: NetworkFacts | null;
  readonly code: CodeFacts | null;
}

export interface VulnerabilityFacts {
  readonly id: string;
  readonly title: string;
  /** Other names of the same flaw, and advisories that go with it. */
  readonly related: readonly string[];
  readonly cwes: readonly string[];
  readonly epss: number | null;
  /** Who described it: `NVD`, `DEBIAN_CVE` … */
  readonly source: string | null;
  /** The publisher's own word for its severity. */
  readonly vendorSeverity: string | null;
}

export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly epoch: number | null;
  readonly release: string | null;
  readonly architecture: string | null;
  readonly path: string | null;
  /** Digest of the image layer that brought it. */
  readonly layer: string | null;
  readonly lambdaLayer: string | null;
}

export interface ResourceFacts {
  /** As it is stored: an ARN, or `host:…`, `image:…` */
  readonly id: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly tags: Readonly<Record<string, string>>;
  readonly ami: string | null;
  readonly vpc: string | null;
  readonly subnets: readonly string[];
  readonly image: ImageQueryFacts | null;
  readonly function: FunctionFacts | null;
}

export interface ImageQueryFacts {
  readonly architecture: string | null;
  /** Account of the registry, or its host outside AWS. */
  readonly registry: string | null;
  readonly repository: string | null;
  readonly tags: readonly string[];
  readonly digest: string | null;
  readonly pushedAt: Date | null;
  readonly lastInUseAt: Date | null;
  readonly inUseCount: number | null;
}

export interface FunctionFacts {
  readonly name: string;
  readonly layers: readonly string[];
  readonly runtime: string | null;
  readonly role: string | null;
  readonly modifiedAt: Date | null;
}

export interface NetworkFacts {
  readonly protocol: string;
  readonly ports: { readonly begin: number; readonly end: number };
  /** The steps of the path. */
  readonly components: readonly { readonly id: string; readonly type: string }[];
}

export interface CodeFacts {
  readonly detector: string | null;
  readonly detectorTags: readonly string[];
  readonly file: string | null;
  readonly project: string | null;
  readonly provider: string | null;
}
