import type { CheckedPlace } from '../model/aws-permission.ts';
import type {
  AwsAccount,
  AwsConnection,
  CloudFacts,
  CollectWay,
  JudgedResource,
  Place,
  PlaceResult,
  PlaceState,
} from '../model/cloud.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Resource, ScanType } from '../model/resource.ts';

/** A connection with how the last look at it went. */
export interface StoredConnection extends AwsConnection {
  /** Null before the first look. */
  readonly state: PlaceState | null;
  readonly detail: string | null;
  readonly lookedAt: Date | null;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** A resource whose content is to be read, taken by one worker until its lease ends. */
export interface DueResource {
  readonly resource: Resource;
  readonly facts: CloudFacts;
  readonly scanType: ScanType;
  readonly way: CollectWay;
  readonly revision: string | null;
  readonly isImmutable: boolean;
  /** Failures in a row before this one. */
  readonly tries: number;
  readonly place: Place;
}

/** An account that a connection reaches, as the last look left it. */
export interface ConnectedAccount {
  readonly id: string;
  readonly name: string;
  readonly organizationalUnit: string;
  readonly connectionId: string;
  readonly roleArn: string | null;
  readonly state: 'active' | 'suspended' | 'denied' | 'unreachable' | 'left';
  readonly detail: string | null;
  readonly since: Date | null;
  readonly firstSeenAt: Date;
  readonly regions: readonly string[];
  readonly resources: number;
  /** When any part of it was last read; null for never. */
  readonly readAt: Date | null;
}

/** One action over all places that were checked. */
export interface CheckedAction {
  readonly action: string;
  readonly allowed: number;
  readonly denied: number;
  readonly unknown: number;
  readonly byUse: number;
  /** The first places that deny it, with what AWS said. */
  readonly missing: readonly {
    readonly accountId: string;
    readonly accountName: string;
    readonly region: string;
    readonly detail: string;
  }[];
  readonly checkedAt: Date;
}

/** When a resource that was scanned is to be scanned next; null is never, until it changes. */
export interface SettledScan {
  readonly resource: ResourceId;
  readonly scanType: ScanType;
  /** What was scanned: a revision that came meanwhile is due at once. */
  readonly revision: string | null;
  readonly dueAt: Date | null;
  readonly tries: number;
}

/** Accounts of AWS and what discovery knows of them. */
export interface CloudStore {
  connections(): Promise<readonly StoredConnection[]>;
  saveConnection(connection: AwsConnection, by: string, now: Date): Promise<void>;
  /** False where there was none. Accounts and resources stay as they are. */
  removeConnection(id: string): Promise<boolean>;
  noteConnection(id: string, state: PlaceState, detail: string | null, now: Date): Promise<void>;

  /** Makes the accounts those of the connection; one that it no longer reaches is `left`. */
  saveAccounts(connectionId: string, accounts: readonly AwsAccount[], now: Date): Promise<void>;
  /** Accounts that the connection reached when it was last asked, those that left not among them. */
  accountsOf(connectionId: string): Promise<readonly AwsAccount[]>;
  noteAccount(
    accountId: string,
    state: 'active' | 'suspended' | 'denied' | 'unreachable',
    detail: string | null,
    regions: readonly string[] | null,
    now: Date,
  ): Promise<void>;

  /** Fingerprints of what is stored of a place, by resource. */
  fingerprints(place: {
    readonly accountId: string;
    readonly region: string;
    readonly service: string;
  }): Promise<ReadonlyMap<ResourceId, string>>;
  /** Stores facts and eligibility of resources that are stored already. */
  saveJudged(resources: readonly (JudgedResource & { readonly fingerprint: string })[], now: Date): Promise<void>;
  /** Stores facts of resources that are stored already and that nobody judges. */
  saveFacts(resources: readonly { readonly resource: ResourceId; readonly facts: CloudFacts }[]): Promise<void>;
  /** Marks resources as gone. */
  markGone(resources: readonly ResourceId[], now: Date): Promise<void>;
  /** What was read of content that cannot change is whole as long as the content is seen to be there. */
  confirm(place: PlaceResult, now: Date): Promise<void>;
  /** Notes how the look at a place went. */
  notePlace(result: PlaceResult, now: Date): Promise<void>;

  /** Accounts of all connections, by name. */
  connectedAccounts(): Promise<readonly ConnectedAccount[]>;
  /** How many resources that are there each region holds, the fullest first. */
  regionCounts(): Promise<readonly { readonly region: string; readonly resources: number }[]>;
  /** Replaces what was known of the places' permissions. */
  saveChecks(places: readonly CheckedPlace[], now: Date): Promise<void>;
  /** How each action stands over all accounts and regions that were checked. */
  checkedActions(): Promise<readonly CheckedAction[]>;

  countDue(now: Date): Promise<number>;
  /** Takes due resources, those first that have waited longest. */
  claimDue(limit: number, leaseEnds: Date, now: Date): Promise<readonly DueResource[]>;
  settle(scans: readonly SettledScan[]): Promise<void>;

  /** To be called before snapshots are taken, so that they are found should their maker die. */
  beginSnapshots(scanId: string, place: Place, now: Date): Promise<void>;
  endSnapshots(scanId: string): Promise<void>;
  /** Scans that began before a time and never ended. */
  leftSnapshots(before: Date): Promise<readonly { readonly scanId: string; readonly place: Place }[]>;
}
