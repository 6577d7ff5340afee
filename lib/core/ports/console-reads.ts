import type { FindingGroupCriteria, FindingGrouping, FindingGroupPage } from '../model/finding-groups.ts';
import type { VisibleScope } from '../model/scope.ts';
import type {
  FindingCriteria,
  FindingDetail,
  FindingPage,
  JobLogLine,
  JobView,
  Overview,
  ResourceDetail,
  ResourcePackagesPage,
  ResourceRow,
  ScopeChoices,
} from '../model/views.ts';

/** Everything the console reads. Each call already carries the caller's visible scope; none widens it. */
export interface ConsoleReads {
  scopeChoices(visible: VisibleScope, now: Date): Promise<ScopeChoices>;
  overview(visible: VisibleScope, now: Date): Promise<Omit<Overview, 'assurance'>>;
  /** Gaps that keep "0 findings" from being proof, for the scope. */
  assuranceGaps(visible: VisibleScope, now: Date): Promise<readonly string[]>;
  findings(
    visible: VisibleScope,
    criteria: FindingCriteria,
    page: { readonly cursor: string | null; readonly limit: number },
    now: Date,
  ): Promise<Omit<FindingPage, 'assurance'>>;
  /** One page of groups. Neither numbers nor order tell anything of what the reader may not see. */
  findingGroups(
    visible: VisibleScope,
    grouping: FindingGrouping,
    criteria: FindingGroupCriteria,
    page: { readonly cursor: string | null; readonly limit: number },
    now: Date,
  ): Promise<FindingGroupPage>;
  finding(visible: VisibleScope, id: string): Promise<FindingDetail | null>;
  resources(
    visible: VisibleScope,
    page: { readonly cursor: string | null; readonly limit: number },
  ): Promise<{ readonly rows: readonly ResourceRow[]; readonly nextCursor: string | null }>;
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
  ): Promise<ResourcePackagesPage>;
  jobs(limit: number): Promise<readonly JobView[]>;
  job(id: string): Promise<JobView | null>;
  jobLog(id: string, limit: number): Promise<readonly JobLogLine[]>;
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
