import type { FindingType, ScanType } from '../core/model/resource.ts';

/** The finding type that each scan type yields; CIS scans yield results, not findings. */
export const TYPE_OF_SCAN: Readonly<Record<ScanType, FindingType | null>> = {
  package: 'PACKAGE_VULNERABILITY',
  network: 'NETWORK_REACHABILITY',
  code: 'CODE_VULNERABILITY',
  cis: null,
};
