import type {
  DiscoveredResource,
  EcrImageFacts,
  Eligibility,
  FunctionFacts,
  InstanceFacts,
  LedgerState,
} from '../model/cloud.ts';
import type { ReasonCode } from './reason-codes.ts';

/** What the installation scans, and for how long. Days where a number. */
export interface ScanPolicy {
  /** `hybrid` takes snapshots of what SSM does not tell of; `agent` never does (Amazon Inspector's `Ec2ScanMode`). */
  readonly ec2Mode: 'agent' | 'hybrid';
  /** Runs a command on instances that SSM reaches, which finds more than its inventory has; it is a call that writes, so it is off unless set. */
  readonly ec2Command: boolean;
  /** An image is scanned while it was pushed within so many days, or used within `imageUsedDays`. */
  readonly imagePushedDays: number;
  readonly imageUsedDays: number;
  /** What tells that an image is used: that tasks and pods run it, or that somebody pulled it. */
  readonly imageUsedBy: 'in-use' | 'pull';
  /** A function is scanned while it was changed or invoked within so many days. */
  readonly functionDays: number;
  readonly scans: { readonly ec2: boolean; readonly ecr: boolean; readonly lambda: boolean };
}

/** Amazon Inspector's windows for accounts made since May 2025, and for functions. */
export const SCAN_POLICY: ScanPolicy = {
  ec2Mode: 'hybrid',
  ec2Command: false,
  imagePushedDays: 14,
  imageUsedDays: 14,
  imageUsedBy: 'in-use',
  functionDays: 90,
  scans: { ec2: true, ecr: true, lambda: true },
};

const DAY_MS = 86_400_000;
/** Amazon Inspector's tag that takes an instance out; the value does not matter, nor does the case of the key. */
const EC2_EXCLUSION = 'inspectorec2exclusion';
/** Amazon Inspector's tag that takes a function out, with its value. */
const LAMBDA_EXCLUSION = ['InspectorExclusion', 'LambdaStandardScanning'] as const;
/** Amazon Inspector takes an inventory that is older for none. Days. */
const INVENTORY_DAYS_MAX = 7;
/** Amazon Inspector's limit for snapshots of one instance. */
const VOLUMES_MAX = 8;

const IMAGE_MANIFESTS: ReadonlySet<string> = new Set([
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
]);

/** Whether the packages of a discovered resource are scanned, how, and if not, why not. */
export function packageEligibility(
  { resource, facts }: DiscoveredResource,
  policy: ScanPolicy,
  now: Date,
): Eligibility {
  if (!policy.scans[facts.kind]) return not('off', 'IN_NO_TARGET', null);
  switch (facts.kind) {
    case 'ec2':
      return ofInstance(facts, resource.tags, policy, now);
    case 'ecr':
      return ofImage(facts, policy, now);
    case 'lambda':
      return ofFunction(facts, resource.tags, policy, now);
  }
}

function not(
  state: Exclude<LedgerState, 'scanned' | 'stale' | 'partial'>,
  reason: ReasonCode,
  detail: string | null,
): Eligibility {
  return { state, reason, detail };
}

function ofInstance(
  facts: InstanceFacts,
  tags: Readonly<Record<string, string>>,
  policy: ScanPolicy,
  now: Date,
): Eligibility {
  if (Object.keys(tags).some((key) => key.toLowerCase() === EC2_EXCLUSION)) {
    return not('excluded', 'EXCLUDED_BY_TAG', null);
  }
  if (facts.state !== 'running') {
    return not('not-assessed', 'EC2_INSTANCE_STOPPED', `It is ${facts.state}.`);
  }
  const { managed } = facts;
  const inventoryAt = managed?.inventoryAt ?? null;
  if (policy.ec2Command && managed?.isOnline === true && facts.platform !== 'WINDOWS') {
    return { state: 'eligible', way: 'ssm-command', revision: null, isImmutable: false };
  }
  if (inventoryAt !== null && isWithin(inventoryAt, INVENTORY_DAYS_MAX, now)) {
    return { state: 'eligible', way: 'ssm-inventory', revision: inventoryAt.toISOString(), isImmutable: false };
  }
  if (facts.platform === 'WINDOWS') {
    return not('unsupported', 'UNSUPPORTED_OS', 'No feed that is read here has advisories for Windows.');
  }
  if (policy.ec2Mode === 'hybrid') {
    return ofVolumes(facts);
  }
  if (facts.managedUnknown !== null) return not('denied', 'ACCESS_DENIED', facts.managedUnknown);
  if (managed === null) return not('not-assessed', 'UNMANAGED_EC2_INSTANCE', null);
  return inventoryAt === null
    ? not('not-assessed', 'NO_INVENTORY', null)
    : not('not-assessed', 'STALE_INVENTORY', `The last inventory is of ${inventoryAt.toISOString().slice(0, 10)}.`);
}

function ofVolumes({ volumes }: InstanceFacts): Eligibility {
  if (volumes.length === 0) {
    return not('unsupported', 'UNMANAGED_EC2_INSTANCE', 'It has no EBS volumes, so no snapshot can be taken.');
  }
  return volumes.length > VOLUMES_MAX
    ? not('unsupported', 'AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED', `It has ${volumes.length} volumes.`)
    : { state: 'eligible', way: 'snapshot', revision: null, isImmutable: false };
}

function ofImage(facts: EcrImageFacts, policy: ScanPolicy, now: Date): Eligibility {
  if (facts.isArchived) return not('not-assessed', 'IMAGE_ARCHIVED', null);
  if (facts.manifestType !== null && !IMAGE_MANIFESTS.has(facts.manifestType)) {
    return not('unsupported', 'UNSUPPORTED_MEDIA_TYPE', facts.manifestType);
  }
  const isUsed =
    policy.imageUsedBy === 'in-use'
      ? // Where nobody could ask, it counts as used: the other guess would leave it unseen.
        facts.inUse.count > 0 || facts.inUse.unread.length > 0
      : facts.pulledAt !== null && isWithin(facts.pulledAt, policy.imageUsedDays, now);
  const isPushed = facts.pushedAt === null || isWithin(facts.pushedAt, policy.imagePushedDays, now);
  return isUsed || isPushed
    ? { state: 'eligible', way: 'registry', revision: facts.digest, isImmutable: true }
    : not('not-assessed', 'SCAN_ELIGIBILITY_EXPIRED', `It was pushed on ${day(facts.pushedAt)} and is not in use.`);
}

function ofFunction(
  facts: FunctionFacts,
  tags: Readonly<Record<string, string>>,
  policy: ScanPolicy,
  now: Date,
): Eligibility {
  const [key, value] = LAMBDA_EXCLUSION;
  if (tags[key] === value) return not('excluded', 'EXCLUDED_BY_TAG', null);
  if (facts.packageType === 'Image') {
    return not('unsupported', 'IMAGE_SCANNED_IN_ECR', null);
  }
  const used = [facts.modifiedAt, facts.invokedAt].filter((at) => at !== null);
  if (used.length > 0 && !used.some((at) => isWithin(at, policy.functionDays, now))) {
    return not(
      'not-assessed',
      'SCAN_ELIGIBILITY_EXPIRED',
      `It was changed on ${day(facts.modifiedAt)} and not invoked since.`,
    );
  }
  const revision = [facts.codeSha256, ...facts.layers].join(' ');
  return { state: 'eligible', way: 'function-code', revision, isImmutable: true };
}

function isWithin(at: Date, days: number, now: Date): boolean {
  return now.getTime() - at.getTime() <= days * DAY_MS;
}

function day(at: Date | null): string {
  return at === null ? 'a day that is not known' : at.toISOString().slice(0, 10);
}
