import type { ChainReport } from '../../core/model/history.ts';
import type { Dependencies } from '../dependencies.ts';

/** That somebody looked at the chain is activity, whatever they saw; the newest such entry tells how it stands. */
export function recordVerification(deps: Dependencies, actor: string, report: ChainReport): Promise<void> {
  const { fault, blocks, position } = report;
  return deps.users.recordActivity({
    at: deps.clock.now(),
    actor,
    action: 'history-verified',
    object: `block ${position}`,
    detail: fault === null ? `${blocks} blocks are whole.` : `${fault.what}: ${fault.detail}`,
    address: '',
    record: { fault },
  });
}
