import { SCAN_POLICY } from '../lib/core/coverage/eligibility.ts';
import type { AwsAccount, DiscoveredResource, Place } from '../lib/core/model/cloud.ts';
import { jobId, resourceId } from '../lib/core/model/ids.ts';
import type { AwsEstate } from '../lib/core/ports/aws-estate.ts';
import { discoverEstateHandler } from '../lib/jobs/handlers/discover-estate.ts';
import { openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';
import { SCAN_JOB } from '../lib/testing/aws-run.ts';
import { storeDependencies } from '../lib/testing/store-dependencies.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';

const ACCOUNTS = 1_000;
const REGIONS = Array.from({ length: 17 }, (_, n) => `region-${n + 1}`);
/** Regions of an account that hold something; the others are enabled and empty, as they are in life. */
const FILLED_REGIONS = 2;
const FUNCTIONS_EACH = 25;
const IMAGES_EACH = 10;
const INSTANCES_EACH = 30;
/** What a call takes over the network. */
const CALL_MS = 20;

/** Discovery of 1,000 accounts in 17 regions, with AWS simulated: what the product itself takes in time and memory. */
export const awsScale: Benchmark = {
  name: 'aws-scale',
  async measure({ freshDatabase, isNamed }) {
    if (!isNamed) return [];
    const database = openDatabase(await freshDatabase());
    const stores = openStores(database);
    try {
      const deps = storeDependencies({ stores, database, url: '', close: async () => undefined }, () => new Date());
      await deps.cloud.saveConnection(CONNECTION, 'bench', new Date());
      const first = await discovery(deps);
      const second = await discovery(deps);
      const { rows } = await database.pool.query('select count(*)::int as n from resource');
      return [row('first', first, rows[0].n), row('second, nothing changed', second, rows[0].n)];
    } finally {
      await stores.close();
      await database.close();
    }
  },
};

const CONNECTION = {
  id: '6f3c1a52-8a3e-4f0e-9b61-2f5f5b0f2b11',
  name: 'Organization',
  kind: 'organization',
  roleArns: [],
  memberRole: 'HarrierRole',
  externalId: null,
  regions: [],
  queueArn: null,
} as const;

interface Measured {
  readonly seconds: number;
  readonly calls: number;
  readonly megabytes: number;
}

async function discovery(deps: Parameters<typeof discoverEstateHandler>[0]['dependencies']): Promise<Measured> {
  const simulated = simulatedEstate();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 200);
  const handler = discoverEstateHandler({
    dependencies: deps,
    openAws: () => simulated.estate,
    policy: async () => SCAN_POLICY,
  });
  const started = performance.now();
  await handler.run(
    { connections: [], places: [] },
    {
      id: jobId(SCAN_JOB),
      signal: new AbortController().signal,
      progress: async () => undefined,
      log: async () => undefined,
    },
  );
  clearInterval(watch);
  return {
    seconds: (performance.now() - started) / 1_000,
    calls: simulated.calls(),
    megabytes: Math.round(peak / 1e6),
  };
}

function row(name: string, { seconds, calls, megabytes }: Measured, resources: number): BenchmarkRow {
  return {
    name: `aws-scale, ${name}`,
    size: `${ACCOUNTS} accounts, ${REGIONS.length} regions, ${resources} resources, ${calls} calls of ${CALL_MS} ms, peak ${megabytes} MB`,
    figure: seconds,
    unit: 's',
    peer: null,
    peerFigure: null,
  };
}

function simulatedEstate(): { readonly estate: AwsEstate; calls(): number } {
  let calls = 0;
  const answer = async <T>(value: T, count = 1) => {
    calls += count;
    await new Promise((resolve) => setTimeout(resolve, CALL_MS * count));
    return { state: 'read' as const, value, calls: count };
  };
  const accounts = Array.from({ length: ACCOUNTS }, (_, n): AwsAccount => {
    const id = String(100_000_000_000 + n);
    return {
      id,
      name: `team-${n}`,
      organizationalUnit: `unit-${n % 40}`,
      roleArn: null,
      externalId: null,
      isActive: true,
    };
  });
  return {
    calls: () => calls,
    estate: {
      accounts: () => answer(accounts, 50),
      regions: () => answer(REGIONS),
      discover: (place, service) => {
        const isFilled = (Number(place.account.id) + REGIONS.indexOf(place.region)) % REGIONS.length < FILLED_REGIONS;
        const found = isFilled ? resourcesOf(place, service) : [];
        return answer(found, found.length === 0 ? 1 : 4);
      },
      network: () => answer({ lists: {}, unread: {} }, 20),
      changes: () => answer(0),
      check: async () => [],
      identity: () => answer({ accountId: '', arn: '', at: null }),
      close: () => undefined,
    },
  };
}

const DAY = new Date('2026-11-20T00:00:00Z');

function resourcesOf(place: Place, service: 'ec2' | 'ecr' | 'lambda'): readonly DiscoveredResource[] {
  const count = { ec2: INSTANCES_EACH, ecr: IMAGES_EACH, lambda: FUNCTIONS_EACH }[service];
  return Array.from({ length: count }, (_, n): DiscoveredResource => {
    const id = `arn:aws:${service}:${place.region}:${place.account.id}:thing/${n}`;
    const resource = {
      id: resourceId(id),
      accountId: place.account.id,
      region: place.region,
      kind: service,
      name: `${service}-${n}`,
      environment: 'prod',
      tags: { Environment: 'prod', Owner: `team-${n % 7}` },
      sample: false,
    };
    return { resource, facts: factsOf(service, n) };
  });
}

function factsOf(service: 'ec2' | 'ecr' | 'lambda', n: number): DiscoveredResource['facts'] {
  if (service === 'lambda') {
    return {
      kind: 'lambda',
      functionName: `function-${n}`,
      runtime: 'nodejs22.x',
      packageType: 'Zip',
      architectures: ['x86_64'],
      codeSha256: `sha-${n}`,
      bytes: 1_000,
      layers: [],
      modifiedAt: DAY,
      invokedAt: null,
      kmsKeyArn: null,
    };
  }
  if (service === 'ecr') {
    return {
      kind: 'ecr',
      repository: 'team/app',
      repositoryUri: 'registry/team/app',
      digest: `sha256:${String(n).padStart(64, '0')}`,
      tags: [`v${n}`],
      pushedAt: DAY,
      pulledAt: null,
      bytes: 1_000,
      manifestType: null,
      isArchived: false,
      inUse: { count: 0, clusters: [], unread: [] },
    };
  }
  return {
    kind: 'ec2',
    instanceId: `i-${n}`,
    state: 'running',
    instanceType: 't3.micro',
    imageId: 'ami-1',
    platform: 'LINUX',
    architecture: 'x86_64',
    vpcId: 'vpc-1',
    subnetId: 'subnet-1',
    launchedAt: DAY,
    profileArn: null,
    volumes: [{ id: 'vol-1', device: '/dev/xvda' }],
    rootDevice: '/dev/xvda',
    managed: {
      isOnline: true,
      inventoryAt: DAY,
      platformName: 'Amazon Linux',
      platformVersion: '2023',
      agentVersion: '3.3',
    },
    managedUnknown: null,
  };
}
