import type { CloudFacts } from './cloud.ts';
import type { Diagnostic, Outcome } from './diagnostic.ts';
import type { OpenPath, ResourceExposure } from './exposure-view.ts';
import type { FindingStatus, InspectorScore, ScoreBreakdown, VulnerablePackage } from './finding.ts';
import type { FindingQuery } from './finding-query.ts';
import type { Guidance, OpenFix } from './guidance.ts';
import type { Inventory } from './inventory.ts';
import type { NetworkEvidence } from './network.ts';
import type { EcosystemId } from './package.ts';
import type { FindingType, ResourceKind, ScanType } from './resource.ts';
import type { Reach } from './resource-facts.ts';
import type { AdvisoryState } from './scan-result.ts';
import type { Severity } from './severity.ts';
import type { TeamStatus } from './triage.ts';

/** Findings by severity; every band is present, zero included. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

/** What the scope bar can offer to this reader, and how fresh the data is. */
export interface ScopeChoices {
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly organizationalUnit: string }[];
  readonly regions: readonly string[];
  readonly environments: readonly string[];
  /** End of the newest finished scan in the reader's accounts; null before the first. */
  readonly dataAsOf: Date | null;
  /** Sources of advisories whose last sync is too long ago, or failed since. */
  readonly lateSources: number;
  readonly hasSample: boolean;
  /** Critical or high, exploited, fixable and open: the number beside Findings in the sidebar. */
  readonly actNow: number;
}

/** A figure of the strip on the overview, with the query that lists what it counts. */
export interface OverviewFigures {
  readonly actNow: number;
  readonly pastDue: number;
  readonly dueIn7Days: number;
  readonly dueIn7DaysUnassigned: number;
  /** Median days from first seen to closed of critical findings closed in the period; null when none closed. */
  readonly medianDaysToFixCritical: number | null;
  readonly resources: number;
  /** Resources with a complete scan inside the freshness window. */
  readonly scanned: number;
  /** Monthly list price of the managed service for the scanned estate, in US dollars. */
  readonly costUsd: number;
}

/** One week: Monday (UTC) it starts on; findings of critical and high severity. `null` where nothing was scanned yet. */
export interface TrendWeek {
  readonly weekStart: Date;
  readonly opened: number | null;
  readonly fixed: number | null;
  readonly openAtEnd: number | null;
  /** True for the week that has not ended. */
  readonly partial: boolean;
}

export interface FixFirstChange {
  /** What to do in words: `Upgrade openssl`. */
  readonly title: string;
  readonly packageName: string;
  readonly ecosystem: string;
  readonly fixedVersion: string;
  readonly kev: boolean;
  readonly findings: number;
  readonly resources: number;
  readonly accounts: number;
  /** Share of the sum of open scores that this change removes, 0 to 1. */
  readonly riskShare: number;
}

export interface AccountRisk {
  readonly id: string;
  readonly name: string;
  readonly counts: SeverityCounts;
  readonly total: number;
}

export interface CoverageShare {
  readonly label: string;
  readonly scanType: ScanType;
  readonly kind: ResourceKind;
  readonly scanned: number;
  readonly total: number;
}

/** Why zero findings is, or is not, proof of a clean estate. `proven` only with inventory, fresh advisories and a finished match. */
export interface Assurance {
  readonly proven: boolean;
  /** One sentence for each thing that is missing, in the order a person would mend them. */
  readonly gaps: readonly string[];
}

export interface Overview {
  readonly accounts: number;
  readonly resources: number;
  readonly open: SeverityCounts;
  readonly openTotal: number;
  /** Change of open findings over the last 7 days, by severity; null before there is a week of history. */
  readonly change7Days: SeverityCounts | null;
  readonly figures: OverviewFigures;
  readonly trend: readonly TrendWeek[];
  readonly fixFirst: readonly FixFirstChange[];
  readonly accountsByRisk: readonly AccountRisk[];
  readonly coverage: readonly CoverageShare[];
  readonly assurance: Assurance;
}

export const FINDING_SORTS = ['score', 'severity', 'due', 'first-seen', 'last-seen'] as const;
export type FindingSort = (typeof FINDING_SORTS)[number];

/** What the findings list was asked for, after the query bar was parsed. Empty lists do not restrict. */
export interface FindingCriteria {
  readonly statuses: readonly FindingStatus[];
  readonly severities: readonly Severity[];
  readonly kinds: readonly ResourceKind[];
  readonly types: readonly FindingType[];
  readonly minimumScore: number | null;
  readonly exploited: boolean | null;
  readonly fixAvailable: boolean | null;
  readonly overdue: boolean | null;
  readonly firstSeenAfter: Date | null;
  /** Words to find in vulnerability id, title, package, resource name and id; all must occur. */
  readonly words: readonly string[];
  readonly resource: string | null;
  readonly package: string | null;
  readonly vulnerability: string | null;
  /** What is asked besides. */
  readonly query?: FindingQuery;
  readonly sort: FindingSort;
  readonly descending: boolean;
}

export interface FindingRow {
  readonly id: string;
  readonly vulnerabilityId: string;
  readonly title: string;
  readonly type: FindingType;
  readonly status: FindingStatus;
  readonly severity: Severity;
  readonly score: number | null;
  readonly packageName: string;
  readonly packageVersion: string;
  readonly packages: number;
  readonly fixedVersion: string | null;
  readonly fixAvailable: 'yes' | 'no' | 'partial';
  readonly kev: boolean;
  readonly epss: number | null;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly resourceKind: ResourceKind;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly environment: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly dueAt: Date | null;
  readonly sample: boolean;
  /** Grows with each change; an act names the one it was decided on. */
  readonly version: number;
  readonly teamStatus: TeamStatus;
  readonly ownerId: string | null;
  /** Null also when the person is no longer there. */
  readonly ownerName: string | null;
  readonly team: string | null;
  readonly exploit: 'kev' | 'public' | 'none';
  /** The widest way to the resource; null while nobody looked. */
  readonly reach: FindingReach | null;
  /** Who reports it, as bits: 1 own scans, 2 Security Hub. */
  readonly sources: number;
  readonly snoozedUntil: Date | null;
}

/** Reach as findings keep it. */
export type FindingReach = 'internet' | 'peer' | 'isolated';

export interface FindingPage {
  readonly rows: readonly FindingRow[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
  /** Rows that match, when cheap to know; `exact: false` means "at least". */
  readonly matching: { readonly count: number; readonly exact: boolean };
  readonly openTotal: number;
  readonly assurance: Assurance;
}

export interface FindingDetail extends FindingRow {
  readonly description: string;
  readonly aliases: readonly string[];
  readonly vulnerablePackages: readonly VulnerablePackage[];
  /** What ends the open findings of these packages on the resource. */
  readonly openFixes: readonly OpenFix[];
  /** How it is ended; absent before the operation worked it out. */
  readonly guidance?: Guidance;
  readonly scoreBreakdown: ScoreBreakdown;
  /** The widest way to the resource; null or absent while nobody looked. */
  readonly widestReach?: Reach | null;
  /** Amazon Inspector's own score; null without a vector of version 3, absent before the operation worked it out. */
  readonly inspectorScore?: InspectorScore | null;
  readonly epssPercentile: number | null;
  readonly epssDate: string | null;
  readonly kevDateAdded: string | null;
  readonly kevDueDate: string | null;
  readonly severitySource: string | null;
  readonly cvss: readonly {
    readonly version: string;
    readonly vector: string;
    readonly score: number;
    readonly source: string;
  }[];
  readonly cwes: readonly string[];
  readonly references: readonly string[];
  readonly publishedAt: Date | null;
  readonly closedAt: Date | null;
  /** Other open findings of the same vulnerability. */
  readonly sameVulnerability: number;
  readonly events: readonly { readonly at: Date; readonly kind: string; readonly detail: string }[];
  /** The path of a finding of network reachability; null for others. */
  readonly network: NetworkEvidence | null;
  /** Open paths to the resource, those from the internet first; of another finding than this. */
  readonly paths: readonly OpenPath[];
}

export interface ResourceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly environment: string | null;
  readonly sample: boolean;
  readonly firstSeenAt: Date;
  readonly packages: number | null;
  readonly counts: SeverityCounts;
  /** The last package scan; null before the first. */
  readonly lastScan: {
    readonly endedAt: Date;
    readonly outcome: Outcome;
    readonly reason: string | null;
    /** When what is stored was last known to be whole: content that cannot change is, whenever it was seen again. */
    readonly goodAt: Date | null;
  } | null;
  /** It has packages that no advisory was ever compared with, so a zero among its counts is not known. */
  readonly unmatched: boolean;
}

/** A layer of an image, lowest first, with what it brought. */
export interface ImageLayerView {
  readonly digest: string;
  /** As stored. */
  readonly bytes: number;
  readonly instruction: string | null;
  readonly packages: number;
  /** Open findings in packages of this layer. */
  readonly findings: number;
}

export interface ImageView {
  readonly digest: string;
  readonly platform: string | null;
  readonly createdAt: Date | null;
  readonly layers: readonly ImageLayerView[];
}

export interface ResourceDetail extends ResourceRow {
  /** Null while nobody has looked at the network paths to it. */
  readonly exposure: ResourceExposure | null;
  /** What AWS told of it; null for what is not in AWS. */
  readonly cloud: CloudFacts | null;
  /** Null for what is no image, or was never read. */
  readonly image: ImageView | null;
  readonly distro: Inventory['distro'];
  readonly tags: Readonly<Record<string, string>>;
  readonly advisoryStates: readonly AdvisoryState[];
  readonly diagnostics: readonly Diagnostic[];
  readonly undecidable: number;
  /** Highest score of what is open; null where nothing is, or nothing has a score. */
  readonly score: number | null;
  /** Open findings that are past their due date. */
  readonly pastDue: number;
  readonly assurance: Assurance;
}

/** A package of a resource, with what is open in it. */
export interface ResourcePackageView {
  readonly name: string;
  readonly version: string;
  readonly ecosystem: EcosystemId;
  readonly purl: string;
  readonly path: string;
  /** Digest of the image layer that brought it; null outside images. */
  readonly layer: string | null;
  /** How sure the inventory is where something was guessed; null where the package itself says who it is. */
  readonly confidence: 'medium' | 'low' | null;
  readonly findings: number;
  readonly counts: SeverityCounts;
  readonly worst: Severity | null;
  /** Highest score of its findings. */
  readonly score: number | null;
  /** The first version that ends all of them; null where one of them has no fix. */
  readonly fixedVersion: string | null;
  readonly kev: boolean;
}

/** How many packages of one ecosystem a resource has. */
export interface PackageType {
  readonly ecosystem: EcosystemId;
  readonly packages: number;
}

/** One look at a resource. */
export interface ResourceScan {
  readonly id: string;
  readonly scanType: ScanType;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly packages: number;
  readonly findings: number;
  /** Of the job that did it, as people see it; null where that is no longer on record. */
  readonly jobNumber: string | null;
}

export interface ResourcePackagesPage {
  readonly rows: readonly ResourcePackageView[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export const JOB_STATES = ['queued', 'running', 'retrying', 'done', 'partial', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobPhase {
  readonly name: string;
  readonly done: number;
  readonly total: number | null;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
}

/** A job as people see it. */
export interface JobView {
  readonly id: string;
  /** Running number for people, `#8841`. */
  readonly number: number;
  readonly kind: string;
  readonly title: string;
  readonly state: JobState;
  readonly phases: readonly JobPhase[];
  /** One sentence: the result, or why it failed and what to do. */
  readonly message: string | null;
  readonly requestedBy: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export const JOB_TARGET_KINDS = ['account', 'region', 'resource'] as const;
export type JobTargetKind = (typeof JOB_TARGET_KINDS)[number];

/** What a job read, in resources. */
export interface JobTargets {
  /** The first few groups. */
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly read: number;
    readonly failed: number;
  }[];
  /** Of all groups. */
  readonly groups: number;
  readonly read: number;
  readonly failed: number;
}

export interface JobLogLine {
  readonly at: Date;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface FeedView {
  readonly source: string;
  readonly records: number;
  readonly newestRecord: Date | null;
  readonly syncedAt: Date | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
}
