import type { ScoredReport } from '../../core/model/finding.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';

/** What a package scan, or a new match of what an earlier one found, reports of a resource. */
export function reportOf(resource: ResourceId, result: PackageScanResult): ScoredReport {
  const { outcome, observations, undecidedKeys, diagnostics } = result;
  return {
    resource,
    scanType: 'package',
    origin: 'harrier',
    outcome,
    observations,
    ...(undecidedKeys === undefined ? {} : { undecidedKeys }),
    diagnostics,
  };
}
