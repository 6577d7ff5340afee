import { describe, expect, it } from 'vitest';
import { SCAN_POLICY } from '@/lib/core/coverage/eligibility.ts';
import type { LedgerCount } from '@/lib/core/model/coverage-view.ts';
import { offCounts, offIn, reachOf, snapshotCandidates } from './widening.ts';

const count = (place: string, more: Partial<LedgerCount>): LedgerCount => ({
  place,
  kind: 'ec2',
  state: 'not-assessed',
  reason: 'UNMANAGED_EC2_INSTANCE',
  resources: 1,
  ...more,
});

describe('what widening the policy reaches', () => {
  it('is what is off of the services that are switched on', () => {
    const off = { state: 'off', reason: 'IN_NO_TARGET' } as const;
    const counts = [count('1', off), count('1', { ...off, kind: 'lambda' }), count('2', {})];

    expect(offIn({ ...SCAN_POLICY, scans: { ec2: false, ecr: true, lambda: true } })).toEqual(['ec2']);
    expect(offCounts(counts, ['ec2'])).toEqual([counts[0]]);
  });

  it('is the instances that SSM does not tell of, and not those that are stopped or have no disk to read', () => {
    const counts = [
      count('1', { resources: 2 }),
      count('2', { reason: 'NO_INVENTORY', resources: 5 }),
      count('1', { reason: 'STALE_INVENTORY' }),
      count('1', { reason: 'EC2_INSTANCE_STOPPED' }),
      count('1', { state: 'unsupported' }),
    ];

    expect(reachOf(snapshotCandidates(counts))).toEqual({
      resources: 8,
      places: [
        { place: '2', resources: 5 },
        { place: '1', resources: 3 },
      ],
    });
  });
});
