import { createHash } from 'node:crypto';
import type { BaseRating, ScoredObservation } from '../lib/core/model/finding.ts';
import { findingKey, type ResourceId, resourceId } from '../lib/core/model/ids.ts';
import type { Package } from '../lib/core/model/package.ts';
import type { Resource } from '../lib/core/model/resource.ts';
import type { FinishedScan } from '../lib/jobs/handlers/write-scans.ts';

export interface ScanSize {
  readonly hosts: number;
  readonly packagesEach: number;
  readonly findingsEach: number;
  readonly accounts: number;
  /** Added to every score, so that a second wave changes every finding. */
  readonly drift?: number;
  readonly at: Date;
}

/** Finished scans of generated hosts; every third host has an inventory of its own, the others share one of a hundred. */
export function generateScans(size: ScanSize): readonly FinishedScan[] {
  return Array.from({ length: size.hosts }, (_, n) => {
    const account = `1${String((n % size.accounts) + 1).padStart(11, '0')}`;
    const resource: Resource = {
      id: resourceId(`arn:aws:ec2:eu-central-1:${account}:instance/i-${n}`),
      accountId: account,
      region: 'eu-central-1',
      kind: 'ec2',
      name: `host-${n}`,
      environment: n % 2 === 0 ? 'prod' : 'dev',
      tags: { Name: `host-${n}` },
      sample: false,
    };
    const image = n % 3 === 0 ? n + 1_000 : n % 100;
    const packages = Array.from({ length: size.packagesEach }, (__, m) => packageOf(image, m));
    return {
      resource,
      now: size.at,
      jobId: null,
      result: {
        inventory: { distro: null, packages, outcome: 'complete', diagnostics: [] },
        observations: Array.from({ length: size.findingsEach }, (__, m) =>
          observationOf(resource.id, packages[m] ?? packageOf(image, m), m, size.drift ?? 0),
        ),
        undecidable: 0,
        advisoryStates: [],
        advisoryRevision: 'r1',
        outcome: 'complete',
        diagnostics: [],
      },
    };
  });
}

function packageOf(image: number, n: number): Package {
  const version = `1.${(image * 7 + n) % 20}.${n % 10}`;
  return {
    ecosystem: 'debian',
    name: `package-${n}`,
    version,
    architecture: 'amd64',
    sourceName: `package-${n}`,
    sourceVersion: version,
    purl: `pkg:deb/debian/package-${n}@${version}?arch=amd64`,
    packageManager: 'OS',
    path: 'var/lib/dpkg/status',
    layer: null,
  };
}

function observationOf(resource: ResourceId, pkg: Package, n: number, drift: number): ScoredObservation {
  const id = `CVE-2026-${10_000 + n}`;
  const base = 4 + (n % 50) / 10;
  const rating: BaseRating = {
    cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N', score: base, source: 'nvd' }],
    word: null,
  };
  return {
    key: findingKey(createHash('sha256').update(`${resource} ${id}`).digest('hex').slice(0, 32)),
    type: 'PACKAGE_VULNERABILITY',
    title: `${id} - ${pkg.name}`,
    vulnerability: {
      id,
      aliases: [],
      title: `Flaw ${n}`,
      description: 'A crafted request makes the parser read past the end of its buffer. '.repeat(4),
      severity: base >= 7 ? 'HIGH' : 'MEDIUM',
      severitySource: 'nvd',
      cvss: rating.cvss,
      epss: null,
      kev: null,
      cwes: ['CWE-125'],
      references: [`https://example.org/${id}`],
      publishedAt: new Date('2026-10-01T00:00:00Z'),
    },
    packages: [
      {
        name: pkg.name,
        version: pkg.version,
        ecosystem: pkg.ecosystem,
        purl: pkg.purl,
        path: pkg.path,
        layer: null,
        sourceName: pkg.sourceName,
        sourceVersion: pkg.sourceVersion,
        fixedVersion: '9.0',
        evidence: {
          matcher: 'distro',
          advisory: `DSA-${n}`,
          searched: `Debian:12/${pkg.name}`,
          range: '< 9.0',
          installed: pkg.version,
        },
      },
    ],
    rating,
    score: { score: Math.round((base + drift) * 10) / 10, terms: [], cappedFrom: null, formula: 'v1' },
  };
}
