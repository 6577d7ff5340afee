/** Why a resource stands in the ledger as it does. */
export interface Reason {
  /** For lists, at most a few words. */
  readonly title: string;
  /** What ends it, for whoever has to. */
  readonly act: string;
}

/** The reason codes of Amazon Inspector's coverage (API model of `inspector2`, type `ScanStatusReason`). */
export const INSPECTOR_REASONS = {
  SUCCESSFUL: { title: 'Scanned', act: '' },
  PENDING_INITIAL_SCAN: { title: 'Waits for its first scan', act: 'It is scanned by itself.' },
  PENDING_REVIVAL_SCAN: { title: 'Waits to be scanned again', act: 'It is scanned by itself.' },
  SCAN_IN_PROGRESS: { title: 'Is being scanned', act: 'It ends by itself.' },
  ACCESS_DENIED: { title: 'Access denied', act: 'Allow the action to the role of Harrier.' },
  ACCESS_DENIED_TO_ENCRYPTION_KEY: {
    title: 'Key denied',
    act: 'Allow kms:Decrypt with the key to the role of Harrier.',
  },
  INTERNAL_ERROR: { title: 'Could not be scanned', act: 'It is tried again by itself; the job has the details.' },
  UNMANAGED_EC2_INSTANCE: {
    title: 'Not managed by SSM',
    act: 'Give the instance a profile for Systems Manager, or switch snapshots on.',
  },
  NO_INVENTORY: {
    title: 'No software inventory',
    act: 'Associate AWS-GatherSoftwareInventory with the instance.',
  },
  STALE_INVENTORY: { title: 'Inventory is old', act: 'Find out why the SSM agent is silent.' },
  EC2_INSTANCE_STOPPED: { title: 'Instance is stopped', act: 'It is scanned when it runs; findings stay.' },
  UNSUPPORTED_OS: { title: 'Unsupported system', act: 'Move to a system that has advisories.' },
  AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED: {
    title: 'Volumes over the limit',
    act: 'Manage the instance with SSM: its volumes are more or larger than snapshots are taken of.',
  },
  AGENTLESS_INSTANCE_COLLECTION_TIME_LIMIT_EXCEEDED: {
    title: 'Snapshot took too long',
    act: 'It is tried again; manage the instance with SSM to do without snapshots.',
  },
  DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED: {
    title: 'Too many language packages',
    act: 'Narrow the paths that are looked at.',
  },
  DEEP_INSPECTION_DAILY_SSM_INVENTORY_LIMIT_EXCEEDED: {
    title: 'Inventory quota used up',
    act: 'It goes on tomorrow.',
  },
  DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED: {
    title: 'Collection took too long',
    act: 'Narrow the paths that are looked at.',
  },
  DEEP_INSPECTION_NO_INVENTORY: {
    title: 'Language packages unknown',
    act: 'Allow Run Command, or switch snapshots on.',
  },
  EXCLUDED_BY_TAG: { title: 'Excluded by tag', act: 'Remove the tag to have it scanned.' },
  SCAN_FREQUENCY_MANUAL: { title: 'Repository is not scanned', act: 'Put it into a target.' },
  SCAN_FREQUENCY_SCAN_ON_PUSH: { title: 'Scanned when pushed', act: '' },
  SCAN_ELIGIBILITY_EXPIRED: {
    title: 'Older than the scan window',
    act: 'It is scanned again when it is pushed, used or invoked; widen the window to have it sooner.',
  },
  IMAGE_ARCHIVED: { title: 'Image is archived', act: 'It is scanned when it is made active again.' },
  IMAGE_SIZE_EXCEEDED: { title: 'Image over the limit', act: 'Scan it with "harrier scan" on a machine with room.' },
  UNSUPPORTED_MEDIA_TYPE: {
    title: 'Unsupported kind of image',
    act: 'Push it as an image of Docker or OCI.',
  },
  UNSUPPORTED_CONFIG_FILE: { title: 'Unsupported configuration', act: 'Build the image with a current tool.' },
  NO_RESOURCES_FOUND: { title: 'Nothing in it', act: '' },
  UNSUPPORTED_RUNTIME: { title: 'Unsupported runtime', act: 'Move the function to a runtime that is scanned.' },
  UNSUPPORTED_CODE_ARTIFACTS: { title: 'Unsupported code', act: '' },
  UNSUPPORTED_LANGUAGE: { title: 'Unsupported language', act: '' },
  NO_SCAN_CONFIGURATION_ASSOCIATED: { title: 'No scan configured', act: 'Configure a scan for it.' },
  INTEGRATION_CONNECTION_LOST: { title: 'Source is unreachable', act: 'Connect it again.' },
  RESOURCE_TERMINATED: { title: 'Gone', act: '' },
  PENDING_DISABLE: { title: 'Being switched off', act: '' },
} as const satisfies Readonly<Record<string, Reason>>;

/** What Amazon Inspector has no word for. */
export const OWN_REASONS = {
  LATE: { title: 'Not seen lately', act: 'Look at the accounts: its region or role no longer answers.' },
  SCANNED_IN_PART: { title: 'Scanned in part', act: 'Open the resource: it says what could not be read.' },
  SOURCES_UNKNOWN: {
    title: 'Source packages unknown',
    act: 'Inventories of SSM do not name the source packages of Debian and Ubuntu: allow Run Command or snapshots.',
  },
  VOLUME_NOT_READ: { title: 'Volume cannot be read', act: 'Manage the instance with SSM.' },
  IMAGE_SCANNED_IN_ECR: { title: 'Scanned as an image', act: 'Its packages are those of its image in ECR.' },
  IN_NO_TARGET: { title: 'In no target', act: 'Put it into a target to have it scanned.' },
  VANISHED: { title: 'Gone while it was read', act: '' },
  REGION_UNREACHABLE: { title: 'Region does not answer', act: 'It is tried again by itself.' },
  REGION_NOT_ENABLED: { title: 'Region is not enabled', act: 'Enable the region, or leave it out of the connection.' },
  ROLE_NOT_ASSUMED: {
    title: 'Role cannot be assumed',
    act: 'Mend the trust of the role: its account, name or external id.',
  },
  ACCOUNT_NOT_ACTIVE: { title: 'Account is suspended', act: '' },
  SILENT: {
    title: 'Finds less than its siblings',
    act: 'Others of the same image have packages that this one lacks: look at its collection.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

const REASONS: Readonly<Record<string, Reason>> = { ...INSPECTOR_REASONS, ...OWN_REASONS };

export type ReasonCode = keyof typeof INSPECTOR_REASONS | keyof typeof OWN_REASONS;

/** A code from elsewhere is its own title. */
export function reasonOf(code: string): Reason {
  return (Object.hasOwn(REASONS, code) ? REASONS[code] : undefined) ?? { title: code, act: '' };
}
