import type { ScoredReport } from '../../core/model/finding.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';

/** What a package scan that looked at that time, or a new match of what an earlier one found, reports of a resource. */
export function reportOf(resource: ResourceId, result: PackageScanResult, at: Date): ScoredReport {
  const { outcome, observations, undecidedKeys, diagnostics } = result;
  return {
    resource,
    scanType: 'package',
    origin: 'harrier',
    outcome,
    at,
    observations,
    ...(undecidedKeys === undefined ? {} : { undecidedKeys }),
    diagnostics,
  };
}
