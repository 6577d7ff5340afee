import type { FindingDetail } from '@/lib/core/model/views.ts';
import { reviveFindingDetail, type Wire } from './revive-finding.ts';

/** One finding with its evidence. Throws with the status that the server answered. */
export async function fetchFinding(id: string, signal: AbortSignal): Promise<FindingDetail> {
  const answer = await fetch(`/api/findings/${encodeURIComponent(id)}`, { signal });
  if (!answer.ok) throw new Error(`finding answered ${answer.status}`);
  return reviveFindingDetail((await answer.json()) as Wire<FindingDetail>);
}
