import type { Dependencies } from '../../operations/dependencies.ts';

/** Amazon Inspector looks at each network this often; what changes is looked at when it does. */
export const NETWORK_FRESH_MS = 12 * 3_600_000;

/** Asks for exposure to be worked out where a network changed or was not looked at for long. */
export async function askForNetworks(deps: Dependencies): Promise<void> {
  const due = await deps.network.due(new Date(deps.clock.now().getTime() - NETWORK_FRESH_MS), 1);
  if (due.length > 0) await deps.jobs.enqueue('scan-network', {}, { dedupeKey: 'scan-network' });
}
