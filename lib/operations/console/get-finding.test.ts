import { describe, expect, it } from 'vitest';
import type { Caller } from '../../core/model/permissions.ts';
import type { FindingDetail } from '../../core/model/views.ts';
import type { Dependencies } from '../dependencies.ts';
import { getFinding } from './get-finding.ts';

const caller: Caller = {
  userId: 'u',
  name: 'Ada',
  email: 'a@b.example',
  role: 'viewer',
  accounts: null,
  sessionId: 's',
};
const cvss = [
  { version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'nvd' },
  { version: '9.9', vector: 'CVSS:9.9/AV:N', score: 10, source: 'later' },
];

const LODASH = {
  name: 'lodash',
  version: '4.17.20',
  ecosystem: 'npm',
  purl: 'pkg:npm/lodash@4.17.20',
  path: 'srv/package-lock.json',
  fixedVersion: '4.17.21',
  evidence: { installed: '4.17.20' },
};

async function scoreOf(fields: Partial<FindingDetail>) {
  const stored = {
    cvss,
    resourceKind: 'ec2',
    vulnerablePackages: [LODASH],
    openFixes: [],
    references: [],
    network: null,
    ...fields,
  };
  const reads = { finding: async () => stored };
  const finding = await getFinding.run({ reads } as unknown as Dependencies, caller, { id: '1' });
  return finding.inspectorScore;
}

describe('a finding', () => {
  it('comes with the score of Amazon Inspector, by what is known of its reach', async () => {
    expect(await scoreOf({})).toMatchObject({ score: 9.8, note: expect.stringMatching(/not known/) });
    expect(await scoreOf({ widestReach: 'isolated' })).toMatchObject({ score: 8.4, version: '3.1', note: null });
    expect(await scoreOf({ widestReach: 'internet' })).toMatchObject({ score: 9.8, adjustments: [], note: null });
  });

  it('without a vector of version 3 has none', async () => {
    expect(await scoreOf({ cvss: cvss.slice(1) })).toBeNull();
  });

  it('comes with guidance that looks at all open findings of its packages on the resource', async () => {
    const openFixes = [{ purl: LODASH.purl, fixedVersion: '4.17.23', findings: 2 }];
    const stored = {
      cvss,
      resourceKind: 'host',
      vulnerablePackages: [LODASH],
      openFixes,
      references: [],
      network: null,
    };
    const reads = { finding: async () => stored };
    const { guidance } = await getFinding.run({ reads } as unknown as Dependencies, caller, { id: '1' });

    expect(guidance?.steps[0]?.ways[0]).toMatchObject({ label: 'In /srv', command: 'npm install lodash@4.17.23' });
  });

  it('that the caller cannot see is not found', async () => {
    const reads = { finding: async () => null };

    await expect(getFinding.run({ reads } as unknown as Dependencies, caller, { id: '1' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
