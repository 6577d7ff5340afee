import type { Inventory } from '../model/inventory.ts';

/** What nobody could read, in a sentence, with the code that the ledger shows where there is one. */
export function failedInventory(message: string, reason?: string, path: string | null = null): Inventory {
  return {
    distro: null,
    packages: [],
    outcome: 'failed',
    diagnostics: [{ level: 'error', path, message }],
    ...(reason === undefined ? {} : { reason }),
  };
}
