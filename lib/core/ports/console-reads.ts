import type { CoverageView, LedgerFilter, LedgerRow } from '../model/coverage-view.ts';
import type {
  OpenStep,
  PackageVersionView,
  ResourceCount,
  ResourceFilter,
  ScanComparison,
  VersionAsk,
} from '../model/estate.ts';
import type {
  ExposedPath,
  ExposureRow,
  ExposureSource,
  ExposureView,
  NamedPackages,
  NetworkPlace,
  ReadGroup,
} from '../model/exposure-view.ts';
import type { FindingGroupCriteria, FindingGrouping, FindingGroupPage } from '../model/finding-groups.ts';
import type { AccountGroup, VisibleScope } from '../model/scope.ts';
import type { SeenFinding } from '../model/triage-act.ts';
import type { Usage, UsageAsk } from '../model/usage.ts';
import type {
  FindingCriteria,
  FindingDetail,
  FindingPage,
  FindingRow,
  JobLogLine,
  JobTargetKind,
  JobTargets,
  JobView,
  Overview,
  PackageType,
  ResourceDetail,
  ResourcePackagesPage,
  ResourceRow,
  ResourceScan,
  ScopeChoices,
} from '../model/views.ts';
import type { BlastRadius, VulnerabilityEvent, VulnerabilityFacts } from '../model/vulnerability-view.ts';

/** Which packages of a resource are listed. */
export interface PackageFilter {
  readonly ecosystem: string | null;
  readonly withFindings: boolean;
  /** Each is part of the name or the path. */
  readonly words: readonly string[];
}

/** Facts of the estate that a query can ask for by value. */
export type QueryValueSource =
  | 'accounts'
  | 'organizational-units'
  | 'regions'
  | 'environments'
  | 'owners'
  | 'teams'
  | 'packages'
  | 'vulnerabilities'
  | 'resources'
  | 'images'
  | 'tag-keys';

/** A value with its name, which is empty where the value says it all. */
export interface QueryValue {
  readonly value: string;
  readonly label: string;
}

/** Everything the console reads. Each call already carries the caller's visible scope; none widens it. */
export interface ConsoleReads {
  /** Accounts of units and stored sets, whoever may see them; none of a set that nobody stored. */
  accountsIn(groups: readonly AccountGroup[]): Promise<readonly string[]>;
  /** Null where no set has the id. */
  accountSet(id: string): Promise<readonly string[] | null>;
  scopeChoices(visible: VisibleScope, now: Date): Promise<Omit<ScopeChoices, 'lateSources'>>;
  overview(visible: VisibleScope, now: Date): Promise<Omit<Overview, 'assurance'>>;
  /** Gaps that keep "0 findings" from being proof, for the scope. */
  assuranceGaps(visible: VisibleScope, now: Date): Promise<readonly string[]>;
  findings(
    visible: VisibleScope,
    criteria: FindingCriteria,
    page: { readonly cursor: string | null; readonly limit: number },
    now: Date,
  ): Promise<Omit<FindingPage, 'assurance'>>;
  /** Those of the findings whose version is another than the one that was seen. */
  changedFindings(visible: VisibleScope, seen: readonly SeenFinding[]): Promise<readonly FindingRow[]>;
  /** How many findings match: exact where the kept counts or a bounded look can tell, else at least so many. */
  countFindings(visible: VisibleScope, criteria: FindingCriteria, now: Date): Promise<FindingPage['matching']>;
  /** What could go on with a text after a key of a query, at most `limit`, from what the reader may see. */
  queryValues(
    visible: VisibleScope,
    source: QueryValueSource,
    typed: string,
    limit: number,
  ): Promise<readonly QueryValue[]>;
  /** One page of groups. Neither numbers nor order tell anything of what the reader may not see. */
  findingGroups(
    visible: VisibleScope,
    grouping: FindingGrouping,
    criteria: FindingGroupCriteria,
    page: { readonly cursor: string | null; readonly limit: number },
    now: Date,
  ): Promise<FindingGroupPage>;
  /** By its id or another name of it; null where no finding has ever named it. */
  vulnerability(name: string): Promise<VulnerabilityFacts | null>;
  blastRadius(visible: VisibleScope, id: string, now: Date): Promise<BlastRadius>;
  /** The newest steps in the lives of its findings. */
  vulnerabilityEvents(visible: VisibleScope, id: string): Promise<readonly VulnerabilityEvent[]>;
  /** Resources of the scope, and those with a complete scan inside the freshness window. */
  scanShares(visible: VisibleScope, now: Date): Promise<{ readonly total: number; readonly scanned: number }>;
  finding(visible: VisibleScope, id: string): Promise<FindingDetail | null>;
  resources(
    visible: VisibleScope,
    filter: ResourceFilter,
    page: { readonly cursor: string | null; readonly limit: number },
    now: Date,
  ): Promise<{ readonly rows: readonly ResourceRow[]; readonly nextCursor: string | null }>;
  /** What the managed service would have metered. */
  usage(visible: VisibleScope, ask: UsageAsk): Promise<Usage>;
  /** How all resources of the scope stand in the ledger, by account or region. */
  coverage(visible: VisibleScope, by: CoverageView['by'], now: Date): Promise<CoverageView>;
  /** One keyset page of the ledger, by name. */
  ledger(
    visible: VisibleScope,
    filter: LedgerFilter,
    page: { readonly cursor: string | null; readonly limit: number },
    now: Date,
  ): Promise<{ readonly rows: readonly LedgerRow[]; readonly nextCursor: string | null }>;
  /** How many match, by kind and state of coverage, whichever of both the filter asks for. */
  countResources(visible: VisibleScope, filter: ResourceFilter, now: Date): Promise<readonly ResourceCount[]>;
  /** The first versions, by name, of the packages that a search finds in resources of the scope. */
  packageVersions(
    visible: VisibleScope,
    search: {
      readonly words: readonly string[];
      readonly version: VersionAsk | null;
      readonly ecosystems: readonly string[];
    },
  ): Promise<{ readonly rows: readonly PackageVersionView[]; readonly hasMore: boolean }>;
  /** How many findings of a resource were open in the last fourteen days, oldest first; empty where the reader may not see it. */
  openSteps(visible: VisibleScope, id: string, now: Date): Promise<readonly OpenStep[]>;
  /** What opened and closed between two scans, in whichever order they are named; null where one is none of the resource. */
  compareScans(
    visible: VisibleScope,
    id: string,
    scans: { readonly from: string; readonly to: string },
  ): Promise<ScanComparison | null>;
  resource(
    visible: VisibleScope,
    id: string,
    now: Date,
  ): Promise<(Omit<ResourceDetail, 'assurance'> & { gaps: readonly string[] }) | null>;
  /** Empty where the reader may not see the resource, or nothing was ever read of it. */
  resourcePackages(
    visible: VisibleScope,
    id: string,
    page: { readonly cursor: string | null; readonly limit: number },
    filter?: PackageFilter,
  ): Promise<ResourcePackagesPage>;
  /** Packages of its distribution under some names, in which `#` stands for a version; none of what the reader may not see. */
  namedPackages(visible: VisibleScope, id: string, names: readonly string[]): Promise<NamedPackages>;
  /** The scans of the last fourteen days, the newest first. */
  resourceScans(visible: VisibleScope, id: string, now: Date): Promise<readonly ResourceScan[]>;
  /** How many packages of each ecosystem it has. */
  packageTypes(visible: VisibleScope, id: string): Promise<readonly PackageType[]>;
  /** Open ports from one side, and how much was looked at. */
  exposure(visible: VisibleScope, from: ExposureSource): Promise<ExposureView>;
  /** Paths to one open port, 100 at most. */
  exposedPaths(visible: VisibleScope, port: string): Promise<readonly ExposedPath[]>;
  /** Open paths after the one of a number, ascending. */
  exposureRows(
    visible: VisibleScope,
    from: ExposureSource,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly ExposureRow[]>;
  /** Accounts and regions whose network was read. */
  networkPlaces(visible: VisibleScope): Promise<readonly NetworkPlace[]>;
  /** Security groups that were read there; who may see the place is decided before. */
  groupsAt(accountId: string, region: string): Promise<readonly ReadGroup[]>;
  jobs(limit: number): Promise<readonly JobView[]>;
  job(id: string): Promise<JobView | null>;
  /** What a job read so far: the groups with most that it could not read first. */
  jobTargets(
    visible: VisibleScope,
    ask: { readonly jobId: string; readonly by: JobTargetKind; readonly limit: number },
  ): Promise<JobTargets>;
  jobLog(id: string, limit: number): Promise<readonly JobLogLine[]>;
  /** All of it from the first line, in parts. */
  jobLogPages(id: string): AsyncIterable<readonly JobLogLine[]>;
  search(
    visible: VisibleScope,
    text: string,
    limit: number,
  ): Promise<
    readonly {
      readonly kind: 'vulnerability' | 'resource' | 'account';
      readonly id: string;
      readonly label: string;
      readonly count: number;
    }[]
  >;
}
