import type { FindingQuery } from './finding-query.ts';
import type { Severity } from './severity.ts';
import type { FindingCriteria, SeverityCounts } from './views.ts';

/** Groups of a page: two screens of them. What is told of each costs more than its place in the order. */
export const GROUPS_A_PAGE = 50;

/** What a list of findings can be grouped by, besides showing each finding. */
export const FINDING_GROUPINGS = ['vulnerability', 'resource', 'account', 'package'] as const;
export type FindingGrouping = (typeof FINDING_GROUPINGS)[number];

/** `worst`: by severity, the most of the worst first. `count`: the most findings first. */
export const GROUP_SORTS = ['worst', 'count'] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

/**
 * The orders that each grouping is served in. Vulnerabilities are many and come in the order of the worst finding that the
 * reader may see, then of the published score; to order them by count, all would have to be counted first.
 */
export const SORTS_OF_GROUPING = {
  vulnerability: ['worst'],
  resource: ['worst', 'count'],
  account: ['worst', 'count'],
  package: ['worst', 'count'],
} as const satisfies Readonly<Record<FindingGrouping, readonly GroupSort[]>>;

/** The filters of the list that kept counts can answer, and so are offered while it is grouped. */
export const GROUP_FILTERS = [
  'statuses',
  'severities',
  'kinds',
  'types',
  'exploited',
  'fixAvailable',
  'words',
] as const;

/**
 * What a grouped list was asked for. Kept counts answer the filters above; for words, due dates and what else a query asks, the
 * findings that match are read, as far as they are not too many.
 */
export interface FindingGroupCriteria extends Pick<FindingCriteria, (typeof GROUP_FILTERS)[number]> {
  readonly overdue?: boolean | null;
  readonly query?: FindingQuery;
  readonly sort: GroupSort;
}

export interface FindingGroupRow {
  /** Identifier of the vulnerability, resource or account; of a package its name. */
  readonly key: string;
  /** Title of the vulnerability; name of the resource, account or package. */
  readonly label: string;
  /** Of a package; null for all else. */
  readonly ecosystem: string | null;
  readonly worst: Severity;
  /** Matching findings that the reader may see. */
  readonly counts: SeverityCounts;
  readonly total: number;
  /** False where counting stopped: there are at least so many. */
  readonly exact: boolean;
  readonly kev: boolean;
  /** The highest score of its findings; null where none has one. */
  readonly score: number | null;
  /** Null where only counting all findings of the group would tell. */
  readonly resources: number | null;
  readonly accounts: number | null;
  /** `partial`: some of its findings have a fix. */
  readonly fixAvailable: 'yes' | 'no' | 'partial';
  /** Of the finding that is due first; `known: false` where only reading all findings of the group would tell. */
  readonly due: { readonly known: true; readonly at: Date | null } | { readonly known: false };
}

export interface FindingGroupPage {
  readonly rows: readonly FindingGroupRow[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}
