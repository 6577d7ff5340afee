import { describe, expect, it } from 'vitest';
import { type AssuranceFacts, assuranceGaps } from './assurance.ts';

const now = new Date('2026-11-24T12:00:00Z');
const proven: AssuranceFacts = {
  resources: 3,
  neverScanned: 0,
  incomplete: 0,
  olderThanWindow: 0,
  undecidable: 0,
  advisoryStates: [
    {
      ecosystem: 'npm',
      resources: 3,
      newestRecord: new Date('2026-11-23T12:00:00Z'),
      syncedAt: new Date('2026-11-24T10:00:00Z'),
      state: 'fresh',
    },
  ],
  now,
};

describe('zero findings', () => {
  it('are proof when everything was inventoried, matched and fresh', () => {
    expect(assuranceGaps(proven)).toEqual([]);
  });

  it('of nothing are no proof', () => {
    expect(assuranceGaps({ ...proven, resources: 0 })).toEqual(['Nothing is known to scan here yet.']);
  });

  it.each([
    [{ neverScanned: 1 }, '1 resource has never been scanned.'],
    [{ incomplete: 2 }, '2 resources were scanned only in part, or not at all.'],
    [{ olderThanWindow: 1 }, '1 resource was last scanned more than 48 h ago.'],
    [{ undecidable: 4 }, '4 packages could not be compared: the version or the name is not one of its kind.'],
  ] as const)('with %j have a gap', (change, gap) => {
    expect(assuranceGaps({ ...proven, ...change })).toEqual([gap]);
  });

  it('against missing or stale advisories name the ecosystem and its age', () => {
    const advisoryStates = [
      { ecosystem: 'Debian:12', resources: 1, newestRecord: null, syncedAt: null, state: 'missing' as const },
      {
        ecosystem: 'PyPI',
        resources: 2,
        newestRecord: new Date('2026-08-15T00:00:00Z'),
        syncedAt: new Date('2026-11-24T10:00:00Z'),
        state: 'stale' as const,
      },
    ];

    expect(assuranceGaps({ ...proven, advisoryStates })).toEqual([
      'No advisories for Debian:12 are in the index, so its packages on 1 resource were not matched.',
      'The advisories for PyPI are out of date: the newest record is 101 days old, synced less than a day ago (on 2 resources).',
    ]);
  });
});
