import type { InventoryDigest, ResourceId } from '../model/ids.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ResourceFacts } from '../model/resource-facts.ts';
import type { ChangedKeys } from './advisory-feeds.ts';
import type { EcosystemStatus } from './advisory-index.ts';

/** The current inventory of a resource, as it is kept: what it takes to match it anew without looking at the resource. */
export interface StoredInventory {
  readonly resource: ResourceId;
  /** Value of the environment tag; null where there is none. */
  readonly environment: string | null;
  /** What is known of the resource besides; absent where nothing is. */
  readonly facts?: ResourceFacts;
  readonly digest: InventoryDigest;
  /** Its outcome is that of the scan that made it; its diagnostics stay with the record of that scan. */
  readonly inventory: Inventory;
}

export interface InventoryStore {
  /** Stores distinct packages once and links them to the inventory; makes it the resource's current one. */
  save(resource: ResourceId, inventory: Inventory, now: Date): Promise<InventoryDigest>;
  /** The same for many resources, in a handful of statements. */
  saveAll(
    inventories: ReadonlyMap<ResourceId, Inventory>,
    now: Date,
  ): Promise<ReadonlyMap<ResourceId, InventoryDigest>>;
  /**
   * Resources, one after the other, whose current inventory holds a package that one of the keys names. Those with the
   * same inventory follow each other, so that its packages are read once. Sample resources have advisories of their own
   * and are never among them.
   */
  withPackage(keys: ChangedKeys): AsyncIterable<StoredInventory>;
  /** What the inventories of resources are now; the packages of `known` are read again only where they are others. */
  currentAll(known: readonly StoredInventory[]): Promise<readonly StoredInventory[]>;
  /** The current inventory of a resource; null without any. */
  of(resource: ResourceId): Promise<StoredInventory | null>;
  /** OSV ecosystems, without release, that stored inventories have packages of and no scan had advisories for. */
  withoutAdvisories(): Promise<readonly string[]>;
  /** The revision of the advisory index that all stored inventories are matched with; null before the first. */
  matchedRevision(): Promise<string | null>;
  /** Notes that they are, and how fresh its advisories are: no resource is behind what is noted here. */
  saveMatchedRevision(revision: string, ecosystems: readonly EcosystemStatus[], now: Date): Promise<void>;
}
