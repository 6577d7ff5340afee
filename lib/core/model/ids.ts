declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Names one scanned thing for ever: an ARN, or `host:<machine id>`, `image:<name>` for things outside AWS. */
export type ResourceId = Branded<'ResourceId'>;
/** Identity of a finding, derived from account, resource, type and what was observed; never drawn at random. */
export type FindingKey = Branded<'FindingKey'>;
/** `<OSV ecosystem>/<normalized package name>`, the key of the advisory index. */
export type PackageKey = Branded<'PackageKey'>;
/** SHA-256 (hex) of the sorted packages of an inventory. */
export type InventoryDigest = Branded<'InventoryDigest'>;
/** A job's id, a UUID. */
export type JobId = Branded<'JobId'>;

export function resourceId(text: string): ResourceId {
  return text as ResourceId;
}

export function findingKey(text: string): FindingKey {
  return text as FindingKey;
}

export function packageKey(osvEcosystem: string, normalizedName: string): PackageKey {
  return `${osvEcosystem}/${normalizedName}` as PackageKey;
}

/** The OSV ecosystem of a key. One kind of ecosystem is named by an address: `Packagist:https://packages.drupal.org/8`. */
export function ecosystemOfKey(key: PackageKey): string {
  return /^(?:[^/:]+:https?:\/\/[^/]+\/[^/]+|[^/]*)/.exec(key)?.[0] ?? '';
}

export function inventoryDigest(hex: string): InventoryDigest {
  return hex as InventoryDigest;
}

export function jobId(text: string): JobId {
  return text as JobId;
}
