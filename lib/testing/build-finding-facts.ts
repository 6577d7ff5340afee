import type { FindingFacts, PackageFacts, ResourceFacts } from '../core/model/finding-facts.ts';

/** A finding of openssl on a machine, unless the test says otherwise. */
export function buildFindingFacts(change: Partial<FindingFacts> = {}): FindingFacts {
  return {
    arn: 'arn:aws:inspector2:eu-central-1:111122223333:finding/00000000000000000000000000000001',
    type: 'PACKAGE_VULNERABILITY',
    status: 'ACTIVE',
    teamStatus: 'open',
    title: 'CVE-2024-0001 - openssl',
    severity: 'HIGH',
    score: 7.5,
    inspectorScore: null,
    fixAvailable: 'yes',
    exploit: 'none',
    reach: null,
    owner: null,
    team: null,
    firstSeenAt: new Date('2026-11-01T08:00:00Z'),
    lastSeenAt: new Date('2026-11-24T08:00:00Z'),
    updatedAt: new Date('2026-11-20T08:00:00Z'),
    dueAt: null,
    pausedSince: null,
    snoozedUntil: null,
    sources: ['harrier'],
    control: null,
    account: { id: '111122223333', name: 'Payments', organizationalUnit: 'prod/edge' },
    region: 'eu-central-1',
    environment: null,
    vulnerability: {
      id: 'CVE-2024-0001',
      title: 'Out of bounds read',
      related: [],
      cwes: [],
      epss: null,
      source: null,
      vendorSeverity: null,
    },
    packages: [buildPackageFacts()],
    resource: buildResourceFacts(),
    network: null,
    code: null,
    ...change,
  };
}

export function buildPackageFacts(change: Partial<PackageFacts> = {}): PackageFacts {
  return {
    name: 'openssl',
    version: '3.0.11',
    epoch: null,
    release: null,
    architecture: null,
    path: null,
    layer: null,
    lambdaLayer: null,
    ...change,
  };
}

export function buildResourceFacts(change: Partial<ResourceFacts> = {}): ResourceFacts {
  return {
    id: 'arn:aws:ec2:eu-central-1:111122223333:instance/i-0abc',
    name: 'payments-api-03',
    kind: 'ec2',
    tags: {},
    ami: null,
    vpc: null,
    subnets: [],
    image: null,
    function: null,
    ...change,
  };
}
