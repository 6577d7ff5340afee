import type { PermissionCheck, PermissionSet } from '../model/aws-permission.ts';
import type {
  AwsAccount,
  AwsConnection,
  ChangedPlace,
  DiscoveredResource,
  DiscoveredService,
  EcrImageFacts,
  FunctionFacts,
  InstanceFacts,
  Place,
  PlaceState,
} from '../model/cloud.ts';
import type { Inventory } from '../model/inventory.ts';
import type { NetworkLists } from '../model/network.ts';

/** What was asked of AWS, or why it has no answer. Never throws for what AWS or the network does. */
export type AwsAnswer<T> =
  | { readonly state: 'read'; readonly value: T; readonly calls: number }
  | {
      readonly state: Exclude<PlaceState, 'read'>;
      readonly message: string;
      readonly calls: number;
      /** True where it is the role or the credentials that AWS refuses, and not the one call. */
      readonly isOfRole?: boolean;
    };

export interface AwsIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** When AWS answered, by its own clock; null where it did not tell. */
  readonly at: Date | null;
}

/** What discovery has to know of functions before it asks when they were last invoked. */
export interface DiscoverOptions {
  readonly signal: AbortSignal;
  readonly now: Date;
  /** Functions that were changed within so many days are not asked about. */
  readonly functionDays: number;
}

/** Accounts of AWS and what is in them, read over the network. */
export interface AwsEstate {
  /** The accounts that a connection reaches. */
  accounts(connection: AwsConnection, signal: AbortSignal): Promise<AwsAnswer<readonly AwsAccount[]>>;
  /** Regions that the account has enabled. */
  regions(account: AwsAccount): Promise<AwsAnswer<readonly string[]>>;
  /** The configuration of the network of a place. */
  network(place: Place, signal: AbortSignal): Promise<AwsAnswer<NetworkLists>>;
  discover(
    place: Place,
    service: DiscoveredService,
    options: DiscoverOptions,
  ): Promise<AwsAnswer<readonly DiscoveredResource[]>>;
  /**
   * Hands over what waits in the queue of a connection; what `taken` has dealt with is deleted there, and comes again where it throws.
   * Answers how many messages there were.
   */
  changes(
    connection: AwsConnection,
    max: number,
    taken: (places: readonly ChangedPlace[]) => Promise<void>,
  ): Promise<AwsAnswer<number>>;
  /** Calls each action of the sets in a place. */
  check(place: Place, sets: readonly PermissionSet[]): Promise<readonly PermissionCheck[]>;
  /** Who the worker's own credentials are. */
  identity(): Promise<AwsAnswer<AwsIdentity>>;
  /** Lets go of connections. */
  close(): void;
}

/** What the content of a resource is read with. */
export interface CollectRequest<F> {
  readonly place: Place;
  readonly facts: F;
  readonly signal: AbortSignal;
}

/** Reads the content of resources. Failures are inventories with an outcome and a reason. */
export interface AwsCollectors {
  'ssm-inventory'(request: CollectRequest<InstanceFacts>): Promise<Inventory>;
  /** Runs a command that only reads; where it is not allowed, what the inventory of SSM has. */
  'ssm-command'(request: CollectRequest<InstanceFacts>): Promise<Inventory>;
  snapshot(request: CollectRequest<InstanceFacts>): Promise<Inventory>;
  registry(request: CollectRequest<EcrImageFacts>): Promise<Inventory>;
  'function-code'(request: CollectRequest<FunctionFacts>): Promise<Inventory>;
}
