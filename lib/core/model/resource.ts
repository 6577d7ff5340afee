import type { ResourceId } from './ids.ts';

/**
 * Kinds of thing that are scanned. Outside AWS there are `host`, a machine such as the one Harrier runs on, container images
 * of any registry, archives of functions and of sources, and SBOM documents.
 */
export const RESOURCE_KINDS = ['ec2', 'ecr', 'lambda', 'host', 'image', 'function', 'source', 'sbom'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Amazon Inspector's finding types. */
export const FINDING_TYPES = ['PACKAGE_VULNERABILITY', 'NETWORK_REACHABILITY', 'CODE_VULNERABILITY'] as const;
export type FindingType = (typeof FINDING_TYPES)[number];

export const SCAN_TYPES = ['package', 'network', 'code', 'cis'] as const;
export type ScanType = (typeof SCAN_TYPES)[number];

/** Who observed: our own scan, or an import. */
export type Origin = 'harrier' | 'security-hub';

/** A scanned thing as it is stored. */
export interface Resource {
  readonly id: ResourceId;
  /** Twelve digits, or `local` for things outside AWS. */
  readonly accountId: string;
  /** AWS region, or `local`. */
  readonly region: string;
  readonly kind: ResourceKind;
  readonly name: string;
  /** Value of the environment tag, lower case; null where there is none. */
  readonly environment: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** True for things of the sample estate: labelled on every page and removed by one act. */
  readonly sample: boolean;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  /** Path of the organisational unit, `prod/edge`; empty outside an organisation. */
  readonly organizationalUnit: string;
  readonly sample: boolean;
}
