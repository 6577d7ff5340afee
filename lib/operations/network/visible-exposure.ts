import { AppError } from '../../core/model/app-error.ts';
import type { NetworkEvidence } from '../../core/model/network.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { FindingDetail } from '../../core/model/views.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Dependencies } from '../dependencies.ts';

/** A finding of network reachability that the caller may see. Throws AppError `not-found` for anything else. */
export async function visibleExposure(
  deps: Dependencies,
  caller: Caller,
  id: string,
): Promise<FindingDetail & { readonly network: NetworkEvidence }> {
  const finding = await deps.reads.finding(visibleEstate(caller), id);
  if (finding === null || finding.network === null) {
    throw new AppError('not-found', 'There is no such exposure, or you may not see it.');
  }
  return { ...finding, network: finding.network };
}
