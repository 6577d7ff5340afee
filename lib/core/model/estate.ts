import type { Outcome } from './diagnostic.ts';
import type { EcosystemId } from './package.ts';
import type { ResourceKind } from './resource.ts';
import type { Severity } from './severity.ts';

/** How the last package scan of a resource stands: complete and lately, complete and old, cut short, failed, or none. */
export const COVERAGE_STATES = ['scanned', 'late', 'partial', 'failed', 'never'] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

/** A version as somebody typed it: the whole of it, or how it begins, `5.6` for `5.6.1` and `1:5.6-3` but not for `5.60`. */
export interface VersionAsk {
  readonly text: string;
  readonly whole: boolean;
}

/** A package that a resource has to hold; a null part may be anything. */
export interface PackageAsk {
  readonly name: string | null;
  readonly version: VersionAsk | null;
  readonly ecosystem: string | null;
}

/** What narrows a list of resources; an empty list asks for nothing. */
export interface ResourceFilter {
  /** Each is part of the name or the id. */
  readonly words: readonly string[];
  readonly kinds: readonly ResourceKind[];
  readonly states: readonly CoverageState[];
  readonly holds: PackageAsk | null;
}

export const NO_RESOURCE_FILTER: ResourceFilter = { words: [], kinds: [], states: [], holds: null };

/** How many resources match, by kind and state, without regard to the kinds and states that the filter asks for. */
export interface ResourceCount {
  readonly kind: ResourceKind;
  readonly state: CoverageState;
  readonly resources: number;
}

/** One version of one package, and how many resources hold it. */
export interface PackageVersionView {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly resources: number;
}

/** From a time on so many findings were open. */
export interface OpenStep {
  readonly at: Date;
  readonly open: number;
}

/** A finding that was opened or closed between two scans. */
export interface ComparedFinding {
  readonly id: string;
  readonly vulnerabilityId: string;
  readonly packageName: string;
  readonly packageVersion: string;
  readonly severity: Severity;
  /** Why, in the words of its history. */
  readonly detail: string;
}

/** One of the two scans. */
export interface ComparedScan {
  readonly id: string;
  readonly endedAt: Date;
  readonly outcome: Outcome;
}

export interface ComparedFindings {
  readonly count: number;
  /** The gravest of them. */
  readonly shown: readonly ComparedFinding[];
}

export interface ScanComparison {
  readonly from: ComparedScan;
  readonly to: ComparedScan;
  readonly opened: ComparedFindings;
  readonly closed: ComparedFindings;
}
