import type { IntendedMark } from './intended.ts';
import type { NetworkEvidence } from './network.ts';
import type { Reach } from './resource-facts.ts';
import type { Severity } from './severity.ts';
import type { TeamStatus } from './triage.ts';

export const EXPOSURE_SOURCES = ['internet', 'neighbour'] as const;
/** Where calls come from: the internet, or peered networks, VPN and transit gateways. */
export type ExposureSource = (typeof EXPOSURE_SOURCES)[number];

/** One port, or range of ports, and how much of the estate has it open. */
export interface ExposedPort {
  /** `NET-22-TCP-INTERNET`. */
  readonly id: string;
  readonly begin: number;
  readonly end: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly services: readonly string[];
  readonly severity: Severity;
  readonly instances: number;
  readonly accounts: number;
  /** When the oldest of its findings was opened. */
  readonly since: Date;
  /** The open package finding with the highest score on an instance behind the port, and how many of them have it. */
  readonly worst: {
    readonly vulnerabilityId: string;
    readonly severity: Severity;
    readonly score: number | null;
    readonly instances: number;
  } | null;
}

/** One path to a port of an instance: a finding. */
export interface ExposedPath {
  readonly id: string;
  readonly severity: Severity;
  readonly score: number | null;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly openedAt: Date;
  readonly network: NetworkEvidence;
  readonly version: number;
  /** What the team decided, which hides the finding and changes nothing about the path. */
  readonly status: 'ACTIVE' | 'SUPPRESSED';
  readonly teamStatus: TeamStatus;
  readonly acceptedUntil: Date | null;
  /** Null where nobody said that it is intended. */
  readonly intended: IntendedMark | null;
}

/** What can be reached in a scope. */
export interface ExposureView {
  readonly ports: readonly ExposedPort[];
  /** Instances that are there; of them those that were looked at, whole or in part, and those with an open port. */
  readonly instances: number;
  readonly looked: number;
  readonly partial: number;
  readonly reached: number;
  /** Of those, the ones that can be reached as intended and in no other way. */
  readonly intendedOnly: number;
  /** Of those, the ones with a path that was intended and is past its end, or wider. */
  readonly lapsed: number;
  /** Accounts with instances that were looked at. */
  readonly accounts: number;
  /** Why not everything is known of instances that were looked at, the widest doubt first. */
  readonly doubts: readonly { readonly reason: string; readonly instances: number }[];
}

/** An open path to a resource, with the finding that it is. */
export interface OpenPath {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly network: NetworkEvidence;
}

/** What the last look at the network said of a resource. */
export interface ResourceExposure {
  readonly at: Date;
  /** Why not everything is known; null where it is. */
  readonly reason: string | null;
  readonly reach: Reach | null;
  readonly paths: readonly OpenPath[];
}

/** An open path as it is exported. */
export interface ExposureRow extends Pick<ExposedPath, 'id' | 'severity' | 'score' | 'status' | 'teamStatus'> {
  /** Ascending. */
  readonly number: number;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly environment: string | null;
  readonly openedAt: Date;
  readonly network: NetworkEvidence;
}

/** An account in a region whose network was read. */
export interface NetworkPlace {
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly readAt: Date;
}

export interface ReadGroup {
  readonly id: string;
  readonly name: string;
}

/** Packages of a resource by their names. */
export interface NamedPackages {
  /** Whether all of its packages were read, or some; null where nobody read any. */
  readonly seen: 'whole' | 'part' | null;
  readonly packages: readonly { readonly ecosystem: string; readonly name: string; readonly version: string }[];
}

/** Who listens at the ports of a path, as far as it is known by default. */
export interface PathListeners {
  readonly seen: NamedPackages['seen'];
  readonly servers: readonly {
    readonly name: string;
    readonly ports: readonly number[];
    readonly packages: readonly { readonly name: string; readonly version: string }[];
  }[];
}
