import type { Resource, ScanType } from './resource.ts';

/** How Harrier comes into accounts of AWS. */
export const CONNECTION_KINDS = ['account', 'roles', 'organization'] as const;
/** `account`: the account of the worker's own credentials; `roles`: a list of roles; `organization`: every account of one. */
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

export interface AwsConnection {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly kind: ConnectionKind;
  /**
   * ARNs of roles to assume: of `roles` one for each account, of `organization` the one that lists the accounts (none means the
   * worker's own credentials do), of `account` none.
   */
  readonly roleArns: readonly string[];
  /** Name of the role in each account of an organization. */
  readonly memberRole: string;
  /** What the trust policies of the roles ask for; null where they ask for nothing. */
  readonly externalId: string | null;
  /** Regions to look at; empty means every one that the account has enabled. */
  readonly regions: readonly string[];
  /** ARN of the SQS queue that EventBridge sends changes to; null where changes are found by looking alone. */
  readonly queueArn: string | null;
}

/** A place of which somebody said that it changed. */
export interface ChangedPlace {
  readonly accountId: string;
  readonly region: string;
  readonly service: PlaceService;
}

/** One account as a connection reaches it. */
export interface AwsAccount {
  readonly id: string;
  readonly name: string;
  /** Path of its organisational unit; empty outside an organisation. */
  readonly organizationalUnit: string;
  /** Null means the worker's own credentials. */
  readonly roleArn: string | null;
  readonly externalId: string | null;
  /** Accounts that are not active are known and not looked at. */
  readonly isActive: boolean;
}

/** Where a call goes. */
export interface Place {
  readonly account: AwsAccount;
  readonly region: string;
}

/** What discovery asks for separately, so that one that is denied says nothing of the others. */
export const DISCOVERED_SERVICES = ['ec2', 'ecr', 'lambda'] as const;
export type DiscoveredService = (typeof DISCOVERED_SERVICES)[number];

/** Parts of a place that are looked at separately: what holds resources, and the network around them. */
export const PLACE_SERVICES = [...DISCOVERED_SERVICES, 'network'] as const;
export type PlaceService = (typeof PLACE_SERVICES)[number];

/** What SSM says of a managed instance. */
export interface ManagedInstance {
  readonly isOnline: boolean;
  /** When its inventory association last succeeded; null where none ever did. */
  readonly inventoryAt: Date | null;
  readonly platformName: string;
  readonly platformVersion: string;
  readonly agentVersion: string;
}

export interface InstanceFacts {
  readonly kind: 'ec2';
  readonly instanceId: string;
  /** EC2's own word: `running`, `stopped`, `terminated` … */
  readonly state: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly platform: 'LINUX' | 'WINDOWS';
  /** `x86_64`, `arm64` … */
  readonly architecture: string;
  readonly vpcId: string | null;
  readonly subnetId: string | null;
  readonly launchedAt: Date | null;
  readonly profileArn: string | null;
  readonly volumes: readonly { readonly id: string; readonly device: string }[];
  readonly rootDevice: string | null;
  /** Null where SSM does not manage it, or nobody could ask. */
  readonly managed: ManagedInstance | null;
  /** Why SSM could not be asked; null where it answered. */
  readonly managedUnknown: string | null;
}

export interface ImageInUse {
  /** Containers of running tasks and pods. */
  readonly count: number;
  /** ARNs of the clusters of ECS and EKS that run it. */
  readonly clusters: readonly string[];
  /** Who could not be asked, one sentence each: it may run there too. */
  readonly unread: readonly string[];
}

export interface EcrImageFacts {
  readonly kind: 'ecr';
  readonly repository: string;
  /** `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app`. */
  readonly repositoryUri: string;
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: Date | null;
  readonly pulledAt: Date | null;
  readonly bytes: number | null;
  readonly manifestType: string | null;
  readonly isArchived: boolean;
  readonly inUse: ImageInUse;
}

export interface FunctionFacts {
  readonly kind: 'lambda';
  readonly functionName: string;
  readonly runtime: string | null;
  readonly packageType: 'Zip' | 'Image';
  readonly architectures: readonly string[];
  readonly codeSha256: string;
  readonly bytes: number;
  readonly layers: readonly string[];
  readonly modifiedAt: Date | null;
  /** The last day with an invocation; null where there was none lately, or nobody could ask. */
  readonly invokedAt: Date | null;
  readonly kmsKeyArn: string | null;
}

export type CloudFacts = InstanceFacts | EcrImageFacts | FunctionFacts;

/** A resource as discovery saw it. */
export interface DiscoveredResource {
  readonly resource: Resource;
  readonly facts: CloudFacts;
}

/**
 * What the ledger says of a resource and scan type. `off`: nobody switched it on; `not-assessed`: it could be scanned and has not
 * been, for a reason; the others are what they say.
 */
export const LEDGER_STATES = [
  'scanned',
  'stale',
  'partial',
  'not-assessed',
  'unsupported',
  'excluded',
  'denied',
  'off',
] as const;
export type LedgerState = (typeof LEDGER_STATES)[number];

/** How the content of a resource is read. */
export const COLLECT_WAYS = ['ssm-inventory', 'ssm-command', 'snapshot', 'registry', 'function-code'] as const;
export type CollectWay = (typeof COLLECT_WAYS)[number];

/** Whether a resource is to be scanned, as far as it can be told without reading it. */
export type Eligibility =
  | {
      readonly state: 'eligible';
      readonly way: CollectWay;
      /** Equal while the content is the same; null where nothing tells. */
      readonly revision: string | null;
      /** True where content with this revision never changes, so that seeing it again proves what was read of it. */
      readonly isImmutable: boolean;
    }
  | {
      readonly state: Exclude<LedgerState, 'scanned' | 'stale' | 'partial'>;
      readonly reason: string;
      readonly detail: string | null;
    };

export interface JudgedResource extends DiscoveredResource {
  readonly scanType: ScanType;
  readonly eligibility: Eligibility;
}

/** How the last look at a part of an account and region went. */
export const PLACE_STATES = ['read', 'denied', 'off', 'unreachable', 'throttled', 'failed'] as const;
export type PlaceState = (typeof PLACE_STATES)[number];

export interface PlaceResult {
  readonly accountId: string;
  readonly region: string;
  readonly service: PlaceService;
  readonly state: PlaceState;
  /** One sentence for people; null where it was read. */
  readonly detail: string | null;
  readonly calls: number;
  readonly milliseconds: number;
}
