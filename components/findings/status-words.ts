import type { FindingStatus } from '@/lib/core/model/finding.ts';
import type { FindingType } from '@/lib/core/model/resource.ts';
import type { TeamStatus } from '@/lib/core/model/triage.ts';

export const STATUS_WORDS: Readonly<Record<FindingStatus, string>> = {
  ACTIVE: 'Open',
  SUPPRESSED: 'Suppressed',
  CLOSED: 'Fixed',
};

export const TEAM_STATUS_WORDS: Readonly<Record<TeamStatus, string>> = {
  open: 'Open',
  'in-progress': 'In progress',
  'awaiting-rescan': 'Awaiting rescan',
  fixed: 'Fixed',
  accepted: 'Accepted',
  'false-positive': 'False positive',
};

/** What a finding's state is called: the team's word, unless a scan or a rule says otherwise. */
export function teamStatusWord({
  status,
  teamStatus,
}: {
  readonly status: FindingStatus;
  readonly teamStatus: TeamStatus;
}): string {
  if (status === 'CLOSED') return 'Fixed';
  const isDecided = teamStatus === 'accepted' || teamStatus === 'false-positive';
  return status === 'SUPPRESSED' && !isDecided ? 'Suppressed' : TEAM_STATUS_WORDS[teamStatus];
}

export const TYPE_WORDS: Readonly<Record<FindingType, string>> = {
  PACKAGE_VULNERABILITY: 'Package',
  NETWORK_REACHABILITY: 'Network',
  CODE_VULNERABILITY: 'Code',
};
