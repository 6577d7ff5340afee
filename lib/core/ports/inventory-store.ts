import type { InventoryDigest, ResourceId } from '../model/ids.ts';
import type { Inventory } from '../model/inventory.ts';

export interface InventoryStore {
  /** Stores distinct packages once and links them to the inventory; makes it the resource's current one. */
  save(resource: ResourceId, inventory: Inventory, now: Date): Promise<InventoryDigest>;
}
