import type { FindingStatus } from '@/lib/core/model/finding.ts';
import type { FindingType } from '@/lib/core/model/resource.ts';

export const STATUS_WORDS: Readonly<Record<FindingStatus, string>> = {
  ACTIVE: 'Open',
  SUPPRESSED: 'Suppressed',
  CLOSED: 'Fixed',
};

export const TYPE_WORDS: Readonly<Record<FindingType, string>> = {
  PACKAGE_VULNERABILITY: 'Package',
  NETWORK_REACHABILITY: 'Network',
  CODE_VULNERABILITY: 'Code',
};
