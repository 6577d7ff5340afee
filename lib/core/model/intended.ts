import type { FindingKey, ResourceId } from './ids.ts';
import type { NetworkEvidence } from './network.ts';

/** Addresses of each family as the fewest blocks that hold exactly these. */
export interface AddressExtent {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** An extent of more blocks is not kept. */
export const EXTENT_BLOCKS_MAX = 1_000;

/** What an acceptance means by an exposure that is wanted. */
export interface NewIntendedExposure {
  readonly finding: FindingKey;
  /** Ids of people: who answers for it, and who said so. */
  readonly owner: string;
  readonly markedBy: string;
  readonly reason: string;
  /** The addresses that may call. */
  readonly extent: AddressExtent;
}

/** An exposure that is intended at this moment: its acceptance stands. */
export interface IntendedExposure extends NewIntendedExposure {
  readonly resource: ResourceId;
  readonly resourceName: string;
  readonly accountId: string;
  readonly markedAt: Date;
  readonly network: NetworkEvidence;
}

/** An exposure that more addresses reach than was meant. */
export interface WidenedExposure {
  readonly intended: IntendedExposure;
  /** What is wider, one sentence. */
  readonly sentence: string;
}

/**
 * What a person said of an exposure. `intended`: it stands; `ended`: its end has come, and the path is open; `widened`: more
 * addresses reach it than was meant, and the path is open.
 */
export interface IntendedMark {
  readonly state: 'intended' | 'ended' | 'widened';
  /** Names of people. */
  readonly owner: string;
  readonly ownerId: string;
  readonly markedBy: string;
  readonly markedAt: Date;
  readonly reason: string;
  readonly until: Date;
  readonly widenedAt: Date | null;
  /** What was wider, one sentence. */
  readonly widened: string | null;
}
