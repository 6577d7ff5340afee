import { describe, expect, it } from 'vitest';
import { SCAN_POLICY } from './eligibility.ts';
import { toScanPolicy } from './scan-policy.ts';

describe('a scan policy that was kept', () => {
  it.each([[null], ['x'], [[]], [{ ec2Mode: 'never', imagePushedDays: -1, functionDays: 1.5, scans: { ec2: 'no' } }]])(
    '%j is as it comes where it is not understood',
    (raw) => {
      expect(toScanPolicy(raw)).toEqual(SCAN_POLICY);
    },
  );

  it('comes back as it was', () => {
    const policy = {
      ec2Mode: 'agent',
      ec2Command: true,
      imagePushedDays: 90,
      imageUsedDays: 30,
      imageUsedBy: 'pull',
      functionDays: 180,
      scans: { ec2: true, ecr: false, lambda: true },
    };

    expect(toScanPolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });
});
