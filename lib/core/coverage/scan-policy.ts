import type { PermissionSet } from '../model/aws-permission.ts';
import type { AwsAccount, AwsConnection } from '../model/cloud.ts';
import { asObject } from '../model/raw.ts';
import { SCAN_POLICY, type ScanPolicy } from './eligibility.ts';

/** The windows that Amazon Inspector offers; days. */
export const WINDOW_DAYS = [14, 30, 60, 90, 180] as const;
/** As long as an image is there. */
export const LIFETIME_DAYS = 36_500;
const DAYS_MAX = LIFETIME_DAYS;

/** The permissions that a policy needs in every account. */
export function wantedSets({ ec2Mode, ec2Command }: ScanPolicy): readonly PermissionSet[] {
  return [
    'read',
    ...(ec2Mode === 'hybrid' ? (['snapshot'] as const) : []),
    ...(ec2Command ? (['command'] as const) : []),
  ];
}

/** The permissions of one account: the one that lists the others needs more. */
export function setsOfAccount(
  everywhere: readonly PermissionSet[],
  { kind, roleArns, queueArn }: AwsConnection,
  { roleArn }: AwsAccount,
): readonly PermissionSet[] {
  const isLister = kind === 'organization' && roleArn === (roleArns[0] ?? null);
  const isReader = queueArn !== null && (isLister || roleArn === null);
  return [...everywhere, ...(isLister ? (['organization'] as const) : []), ...(isReader ? (['changes'] as const) : [])];
}

/** A policy as it was kept; what is not understood is as it comes. */
export function toScanPolicy(raw: unknown): ScanPolicy {
  const kept = asObject(raw);
  const scans = asObject(kept?.scans);
  const days = (value: unknown, usual: number): number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= DAYS_MAX ? value : usual;
  const isOn = (value: unknown, usual: boolean): boolean => (typeof value === 'boolean' ? value : usual);
  return {
    ec2Mode: kept?.ec2Mode === 'agent' ? 'agent' : SCAN_POLICY.ec2Mode,
    ec2Command: isOn(kept?.ec2Command, SCAN_POLICY.ec2Command),
    imagePushedDays: days(kept?.imagePushedDays, SCAN_POLICY.imagePushedDays),
    imageUsedDays: days(kept?.imageUsedDays, SCAN_POLICY.imageUsedDays),
    imageUsedBy: kept?.imageUsedBy === 'pull' ? 'pull' : SCAN_POLICY.imageUsedBy,
    functionDays: days(kept?.functionDays, SCAN_POLICY.functionDays),
    scans: {
      ec2: isOn(scans?.ec2, SCAN_POLICY.scans.ec2),
      ecr: isOn(scans?.ecr, SCAN_POLICY.scans.ecr),
      lambda: isOn(scans?.lambda, SCAN_POLICY.scans.lambda),
    },
  };
}
