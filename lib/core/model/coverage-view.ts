import type { LedgerState, PlaceService, PlaceState } from './cloud.ts';
import type { ResourceKind } from './resource.ts';

/** Resources of one kind in one place that stand in the ledger alike. */
export interface LedgerCount {
  /** Account id, or region. */
  readonly place: string;
  readonly kind: ResourceKind;
  readonly state: LedgerState;
  readonly reason: string;
  readonly resources: number;
}

/** An account as discovery left it. */
export interface CoveredAccount {
  readonly id: string;
  readonly name: string;
  /** `active`, `suspended`, `denied`, `unreachable`; `left` is no longer reached by its connection. */
  readonly state: 'active' | 'suspended' | 'denied' | 'unreachable' | 'left';
  readonly detail: string | null;
  readonly since: Date | null;
}

/** A service in a region of an account that could not be read at the last look. */
export interface UnreadPlace {
  readonly accountId: string;
  readonly region: string;
  readonly service: PlaceService;
  readonly state: Exclude<PlaceState, 'read'>;
  readonly detail: string;
  readonly since: Date;
  /** When it was last read; null for never. */
  readonly readAt: Date | null;
}

export interface CoverageView {
  readonly by: 'account' | 'region';
  /** How long a good scan counts. */
  readonly windowHours: number;
  readonly counts: readonly LedgerCount[];
  readonly accounts: readonly CoveredAccount[];
  readonly unread: readonly UnreadPlace[];
  /** Resources that find nothing although others of the same image do. */
  readonly silent: number;
}

/** What narrows the list of the ledger; null asks for nothing. */
export interface LedgerFilter {
  readonly kinds: readonly ResourceKind[];
  readonly states: readonly LedgerState[];
  readonly reason: string | null;
  /** True for those that find nothing although others of the same image do. */
  readonly silent: boolean;
}

/** One resource in the ledger. */
export interface LedgerRow {
  readonly id: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly environment: string | null;
  readonly sample: boolean;
  readonly state: LedgerState;
  readonly reason: string;
  /** What was said of this one, in a sentence. */
  readonly detail: string | null;
  /** When it was last known to be whole; null for never. */
  readonly goodAt: Date | null;
}
