import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAwsEstate } from '../lib/aws/aws-estate.ts';
import type { AwsCall, AwsOptions } from '../lib/aws/session.ts';
import type { Dependencies } from '../lib/operations/dependencies.ts';
import { openSampleIndex } from '../lib/sample/sample-index.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';
import { openAwsFixture, type PlaceContents } from '../lib/testing/aws-fixture.ts';
import { runDiscovery, runEstateScan, SCAN_JOB } from '../lib/testing/aws-run.ts';
import { amazonSoftware } from '../lib/testing/aws-software.ts';
import { type Fault, startFaultProxy } from '../lib/testing/fault-proxy.ts';
import { awsPeers, pointSdkAt, startMoto } from '../lib/testing/moto-server.ts';
import { startRealRegistry } from '../lib/testing/real-registry.ts';
import { storeDependencies } from '../lib/testing/store-dependencies.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
const ACCOUNTS = 10;
const PLACE: PlaceContents = {
  instances: [
    { count: 32, software: 'amazon', tags: { Name: 'web', Environment: 'prod' } },
    { count: 1, software: 'amazon', tags: { Name: 'left-out', InspectorEc2Exclusion: '' } },
    { count: 1, software: 'amazon', tags: { Name: 'asleep' }, isStopped: true },
  ],
  repositories: [{ name: 'team/app', images: 10 }],
  functions: 10,
};
/** Of two accounts and three regions with something in them, and the one that lists them. */
const CONNECTION = {
  id: '6f3c1a52-8a3e-4f0e-9b61-2f5f5b0f2b11',
  name: 'Organization',
  kind: 'organization',
  roleArns: [],
  memberRole: 'OrganizationAccountAccessRole',
  externalId: 'bench',
  regions: REGIONS,
  queueArn: null,
} as const;

/** An organization in an emulated AWS, from nothing to whole coverage, and again without a change, beside the emulator's own answers. */
export const awsEstate: Benchmark = {
  name: 'aws-estate',
  async measure({ directory, freshDatabase }) {
    const peers = awsPeers(['docker-registry', 'htpasswd']);
    if (peers === null) return [];
    const users = join(directory, 'htpasswd');
    writeFileSync(users, execFileSync(peers.programs.htpasswd, ['-Bbn', 'AWS', 'ecr-token']));
    const registry = await startRealRegistry(peers.programs['docker-registry'], join(directory, 'registry'), {
      htpasswd: { realm: 'ecr', path: users },
    });
    const moto = await startMoto(peers.python, directory, {
      software: { amazon: amazonSoftware(new Date()) },
      registry: `http://${registry.host}`,
    });
    try {
      pointSdkAt(moto);
      const fixture = openAwsFixture(moto.endpoint, `http://${registry.host}`);
      const accounts = await fixture.organization(ACCOUNTS);
      await fixture.fillAll(accounts, REGIONS, () => PLACE);
      return await measureOn(await freshDatabase(), directory, moto.endpoint);
    } finally {
      await moto.stop();
      await registry.stop();
    }
  },
};

async function measureOn(url: string, directory: string, endpoint: string): Promise<readonly BenchmarkRow[]> {
  const database = openDatabase(url);
  const stores = openStores(database);
  const calls: AwsCall[] = [];
  const aws: AwsOptions = {
    homeRegion: 'us-east-1',
    endpoint,
    onCall: (call) => {
      calls.push(call);
    },
  };
  try {
    const index = openSampleIndex(12, new Date());
    const deps = storeDependencies(
      { stores, database, url, close: async () => undefined },
      () => new Date(),
      () => index,
    );
    await database.pool.query(
      `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-estate', 'x', 'running', '{}', now())`,
      [SCAN_JOB],
    );
    await deps.cloud.saveConnection(CONNECTION, 'bench', new Date());
    const first = await timed(async () => {
      let isFound = false;
      const discovery = runDiscovery(deps, aws).finally(() => {
        isFound = true;
      });
      // As the worker does: scans begin while discovery goes on.
      for (let due = 1; !isFound || due > 0; due = await deps.cloud.countDue(new Date())) {
        await runEstateScan(deps, aws, join(directory, 'data'));
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return discovery;
    });
    const firstCalls = calls.splice(0);
    const second = await timed(() => runDiscovery(deps, aws));
    const secondCalls = calls.splice(0);
    const { rows } = await database.pool.query(
      `select state, count(*)::int as n from coverage_ledger(now(), '48 hours') group by 1 order by 1`,
    );
    const { rows: resources } = await database.pool.query(
      'select count(*)::int as n from resource where gone_at is null',
    );
    const bare = await bareCalls(aws);
    const lost = await lostRegion(deps, database, aws);
    const told = rows.map(({ state, n }) => `${n} ${state}`).join(', ');
    process.stderr.write(
      `${first.value.message}\n${told} of ${resources[0].n}\n${countsOf(firstCalls)}\n${countsOf(secondCalls)}\n`,
    );
    return [
      row(
        'first discovery to whole coverage',
        first.seconds,
        `${resources[0].n} resources: ${told}; ${firstCalls.length} calls`,
      ),
      row(
        'second, nothing changed',
        second.seconds,
        `${secondCalls.length} calls, ${writes(secondCalls)} of them writes`,
        {
          peer: `the SDK alone, ${bare.calls} calls for the same lists`,
          seconds: bare.seconds,
        },
      ),
      ...lost,
    ];
  } finally {
    await stores.close();
    await database.close();
  }
}

const LOST = 'ap-southeast-2';
const OUTAGES: readonly (readonly [name: string, fault: Fault])[] = [
  ['hangs', { kind: 'hang' }],
  ['closes every connection', { kind: 'reset' }],
  ['answers 503', { kind: 'answer', status: 503, body: '<html>down</html>' }],
  [
    'throttles without end',
    { kind: 'answer', status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' },
  ],
  [
    'has expired credentials',
    { kind: 'answer', status: 403, body: '{"__type":"ExpiredTokenException","message":"The token has expired"}' },
  ],
];

/** One of three regions is lost: how long the others take, beside what they take when it is there. */
async function lostRegion(deps: Dependencies, database: Database, aws: AwsOptions): Promise<readonly BenchmarkRow[]> {
  const proxy = await startFaultProxy(aws.endpoint ?? '');
  pointSdkAt(proxy);
  const others = async (): Promise<number> => {
    const started = Date.now();
    await runDiscovery(deps, { ...aws, endpoint: proxy.endpoint, answerMilliseconds: 5_000 });
    const { rows } = await database.pool.query(
      `select extract(epoch from max(looked_at)) * 1000 as last, bool_and(state = 'read') as whole from account_place
       where region <> $1`,
      [LOST],
    );
    if (rows[0].whole !== true) throw new Error('a region that was not lost was not read whole');
    return (Number(rows[0].last) - started) / 1_000;
  };
  try {
    await others();
    const usual = await others();
    const measured: BenchmarkRow[] = [];
    for (const [name, fault] of OUTAGES) {
      proxy.setFault(({ region, service }) => (region === LOST && service !== 'sts' ? fault : null));
      const seconds = await others();
      measured.push(
        row(`two regions read while the third ${name}`, seconds, 'nothing changed', {
          peer: 'the same two while all three answer',
          seconds: usual,
        }),
      );
    }
    return measured;
  } finally {
    pointSdkAt({ endpoint: aws.endpoint ?? '' });
    await proxy.close();
  }
}

/** The lists that a discovery cannot do without, and nothing else. */
async function bareCalls(aws: AwsOptions): Promise<{ readonly calls: number; readonly seconds: number }> {
  const calls: AwsCall[] = [];
  const estate = openAwsEstate({ ...aws, onCall: (call) => void calls.push(call) });
  const { seconds } = await timed(async () => {
    const answer = await estate.accounts(CONNECTION, new AbortController().signal);
    if (answer.state !== 'read') throw new Error(answer.message);
    const options = { signal: new AbortController().signal, now: new Date(), functionDays: 90 };
    await Promise.all(
      answer.value.flatMap((account) =>
        REGIONS.flatMap((region): readonly Promise<unknown>[] => [
          ...(['ec2', 'ecr', 'lambda'] as const).map((service) =>
            estate.discover({ account, region }, service, options),
          ),
          estate.network({ account, region }, options.signal),
        ]),
      ),
    );
  });
  estate.close();
  return { calls: calls.length, seconds };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1_000 };
}

function row(
  what: string,
  figure: number,
  size: string,
  beside: { readonly peer: string; readonly seconds: number } | null = null,
): BenchmarkRow {
  return {
    name: `aws-estate, ${what}`,
    size: `${ACCOUNTS} accounts, ${REGIONS.length} regions; ${size}`,
    figure,
    unit: 's',
    peer: beside?.peer ?? null,
    peerFigure: beside?.seconds ?? null,
  };
}

function writes(calls: readonly AwsCall[]): number {
  return calls.filter(({ action }) => !/:(Describe|List|Get)/.test(action)).length;
}

function countsOf(calls: readonly AwsCall[]): string {
  const counts = Map.groupBy(calls, ({ action }) => action);
  return [...counts]
    .map(([action, own]) => `${action} ${own.length}`)
    .sort()
    .join(', ');
}
