import { createHash } from 'node:crypto';
import { reconcile } from '../core/findings/reconcile.ts';
import type { ScoredObservation, ScoredReport, VulnerablePackage } from '../core/model/finding.ts';
import { findingKey, type ResourceId, resourceId } from '../core/model/ids.ts';
import type { Package } from '../core/model/package.ts';
import type { Account, Resource } from '../core/model/resource.ts';
import type { Severity } from '../core/model/severity.ts';
import type { ChangeCounts } from '../core/ports/finding-store.ts';
import { type Database, openDatabase } from '../store/client.ts';
import { type OpenStores, openStores } from '../store/open-stores.ts';
import { freshDatabase } from './postgres.ts';

export interface StoreFixture {
  readonly url: string;
  readonly database: Database;
  readonly stores: OpenStores;
  close(): Promise<void>;
}

/** An empty, migrated database of its own with all stores on it. */
export async function openStoreFixture(): Promise<StoreFixture> {
  const { url, drop } = await freshDatabase();
  const database = openDatabase(url);
  const stores = openStores(database);
  return {
    url,
    database,
    stores,
    async close() {
      await stores.close();
      await database.close();
      await drop();
    },
  };
}

export const NOON = new Date('2026-11-20T12:00:00.000Z');
export function accountOf(id: string, more: Partial<Account> = {}): Account {
  return { id, name: `Account ${id}`, organizationalUnit: '', sample: false, ...more };
}

export function resourceOf(key: string, more: Partial<Resource> = {}): Resource {
  return {
    id: resourceId(key),
    accountId: '111122223333',
    region: 'eu-central-1',
    kind: 'ec2',
    name: key,
    environment: 'prod',
    tags: {},
    sample: false,
    ...more,
  };
}

/** Makes an account and a resource that findings can belong to. */
export async function addResource(stores: OpenStores, key: string, more: Partial<Resource> = {}): Promise<ResourceId> {
  const resource = resourceOf(key, more);
  await stores.resources.upsertAccounts([accountOf(resource.accountId, { sample: resource.sample })], NOON);
  await stores.resources.upsert([resource], NOON);
  return resource.id;
}

export interface ObservationChoices {
  readonly severity?: Severity;
  readonly score?: number | null;
  readonly fixedVersion?: string | null;
  readonly kev?: boolean;
  readonly packageName?: string;
  readonly title?: string;
}

export function observationOf(resource: ResourceId, id: string, choices: ObservationChoices = {}): ScoredObservation {
  const { severity = 'HIGH', score = 7.5, kev = false, packageName = 'openssl', title = `${id} in openssl` } = choices;
  const entry = {
    dateAdded: '2026-11-01',
    dueDate: '2026-11-22',
    ransomware: false,
    name: 'Known flaw',
    action: 'Apply updates.',
  };
  return {
    key: findingKey(createHash('sha256').update(`${resource} ${id}`).digest('hex').slice(0, 32)),
    type: 'PACKAGE_VULNERABILITY',
    title,
    vulnerability: {
      id,
      aliases: [`GHSA-${id}`],
      title,
      description: 'A flaw.',
      severity,
      severitySource: 'nvd',
      cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N', score: score ?? 0, source: 'nvd' }],
      epss: { probability: 0.4, percentile: 0.9, date: '2026-11-19' },
      kev: kev ? entry : null,
      cwes: ['CWE-79'],
      references: ['https://example.org/advisory'],
      publishedAt: new Date('2026-10-01T00:00:00.000Z'),
    },
    packages: [vulnerablePackageOf(packageName, 'fixedVersion' in choices ? (choices.fixedVersion ?? null) : '3.0.13')],
    rating: {
      cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N', score: score ?? 0, source: 'nvd' }],
      word: null,
    },
    score: { score, terms: [], cappedFrom: null, formula: 'base' },
  };
}

function vulnerablePackageOf(name: string, fixedVersion: string | null): VulnerablePackage {
  return {
    name,
    version: '3.0.11',
    ecosystem: 'debian',
    purl: `pkg:deb/debian/${name}@3.0.11`,
    path: 'var/lib/dpkg/status',
    layer: null,
    sourceName: name,
    sourceVersion: '3.0.11',
    fixedVersion,
    evidence: {
      matcher: 'distro',
      advisory: 'DSA-1',
      searched: `Debian:12/${name}`,
      range: '< 3.0.13',
      installed: '3.0.11',
    },
  };
}

/** Reconciles and writes what an origin saw on a resource, as the jobs do; complete at noon unless told otherwise. */
export function reportFindings(
  stores: Pick<OpenStores, 'atomically'>,
  resource: ResourceId,
  observations: readonly ScoredObservation[],
  more: Partial<Omit<ScoredReport, 'resource' | 'observations'>> = {},
): Promise<ChangeCounts> {
  const report: ScoredReport = {
    resource,
    scanType: 'package',
    origin: 'harrier',
    outcome: 'complete',
    at: NOON,
    observations,
    diagnostics: [],
    ...more,
  };
  return stores.atomically(async ({ findings }) => {
    const stored = (await findings.current([resource], report.scanType, report.origin)).get(resource);
    if (stored === undefined) {
      throw new Error(`unknown resource: ${resource}`);
    }
    return findings.apply([{ ...report, changes: reconcile(stored, report) }], report.at);
  });
}

export function installedPackage(name: string, version = '1.0'): Package {
  return {
    ecosystem: 'debian',
    name,
    version,
    architecture: 'amd64',
    sourceName: name,
    sourceVersion: version,
    purl: `pkg:deb/debian/${name}@${version}?arch=amd64`,
    packageManager: 'OS',
    path: 'var/lib/dpkg/status',
    layer: null,
  };
}
