import type { ResourceId } from '../model/ids.ts';
import type { IntendedExposure, NewIntendedExposure, WidenedExposure } from '../model/intended.ts';
import type { NetworkLists } from '../model/network.ts';
import type { OpenRange, Reach } from '../model/resource-facts.ts';

/** An account's network in a region whose reachability is to be worked out. */
export interface DueNetwork {
  readonly accountId: string;
  readonly region: string;
  /** When what is stored of it last changed; a change that comes meanwhile is due again. */
  readonly changedAt: Date;
}

/** An instance of a place as exposure needs it. */
export interface ExposedInstance {
  readonly resource: ResourceId;
  readonly name: string;
  readonly instanceId: string;
  /** EC2's own word: `running`, `stopped` … */
  readonly state: string;
  readonly environment: string | null;
  readonly facts: unknown;
}

export interface ReachedResource {
  readonly resource: ResourceId;
  readonly reach: Reach | null;
  /** The way in words. */
  readonly path: string | null;
  /** The ports that are open; null where another could be. */
  readonly ports: readonly OpenRange[] | null;
}

export interface NetworkRevision {
  readonly accountId: string;
  readonly hash: string;
  readonly neighbours: readonly string[];
}

/** Configurations of networks, and how widely resources are reached in them. */
export interface NetworkStore {
  /** True where it differs from what was stored. */
  save(
    place: { readonly accountId: string; readonly region: string },
    lists: NetworkLists,
    now: Date,
  ): Promise<boolean>;
  /** Asks for a network to be solved anew, because its instances changed. */
  unsolve(place: { readonly accountId: string; readonly region: string }, now: Date): Promise<void>;
  /** Networks that changed since they were solved, or were not solved since a time; those that wait longest first. */
  due(solvedBefore: Date, limit: number): Promise<readonly DueNetwork[]>;
  /** What is stored of a region in some accounts. */
  load(region: string, accountIds: readonly string[]): Promise<readonly (NetworkLists & NetworkRevision)[]>;
  /** What tells a state of a stored network from all others, with the accounts whose networks decide over it too. */
  revisions(region: string, accountIds: readonly string[]): Promise<readonly NetworkRevision[]>;
  /** Instances that are there, of an account in a region. */
  instances(accountId: string, region: string): Promise<readonly ExposedInstance[]>;
  /** Notes that a network was solved as it was at `changedAt`. */
  settle(network: DueNetwork, now: Date): Promise<void>;
  /**
   * Notes how widely resources are reached, moves the scores of their findings, and returns how many moved. To be called in
   * a transaction that holds the points of the score.
   */
  saveReach(resources: readonly ReachedResource[], now: Date): Promise<number>;
  /** Writes down what an acceptance means, in the transaction that accepts. */
  markIntended(mark: NewIntendedExposure): Promise<void>;
  /** Exposures of resources that are intended at this moment. */
  intended(resources: readonly ResourceId[]): Promise<readonly IntendedExposure[]>;
  /** Ends the acceptance of exposures that are wider than was meant, and tells it to the history of each. */
  widen(widened: readonly WidenedExposure[], now: Date): Promise<void>;
}
