import { beforeEach, describe, expect, it } from 'vitest';
import { findingKey, type ResourceId, resourceId } from '../../core/model/ids.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { runNetworkScan, SCAN_JOB } from '../../testing/aws-run.ts';
import { buildTopology, rule } from '../../testing/network/build-topology.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';

const PLACE = { accountId: '111122223333', region: 'eu-central-1' };
const VISIBLE = { ...WHOLE_ESTATE, accounts: null };
const EXPOSED = { ssh: 'CVE-2026-1', web: 'CVE-2026-2', shell: 'CVE-2026-3', both: 'CVE-2026-4' };

let fixture: StoreFixture;
let deps: Dependencies;
let instance: ResourceId;
let now: Date;

beforeEach(async () => {
  fixture = await openStoreFixture();
  now = NOON;
  deps = storeDependencies(fixture, () => now);
  instance = await addResource(fixture.stores, 'i-a', { ...PLACE, id: resourceId('arn:i-a'), environment: null });
  await fixture.database.pool.query(
    `update resource set cloud = '{"kind": "ec2", "instanceId": "i-a", "state": "running"}' where key = $1`,
    [instance],
  );
  await fixture.database.pool.query(
    `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-network', 'x', 'running', '{}', now())`,
    [SCAN_JOB],
  );
  const server = observationOf(instance, EXPOSED.both, { packageName: 'nginx' });
  const [web] = server.packages;
  if (web === undefined) throw new Error('a package is needed');
  await reportFindings(fixture.stores, instance, [
    observationOf(instance, EXPOSED.ssh, { packageName: 'openssh-server' }),
    observationOf(instance, EXPOSED.web, { packageName: 'nginx' }),
    observationOf(instance, EXPOSED.shell, { packageName: 'bash' }),
    // The module of a registry under the name of a server is none of its packages.
    { ...server, packages: [web, { ...web, name: 'nginx', ecosystem: 'npm', purl: 'pkg:npm/nginx@1.0.0' }] },
  ]);
  return () => fixture.close();
});

/** The instance's group lets the internet call these ports from now on, and somebody looks. */
async function open(ports: readonly number[], unread: Readonly<Record<string, string>> = {}): Promise<void> {
  now = new Date(now.getTime() + 60_000);
  const lists = buildTopology((base) => {
    base.group.IpPermissions = ports.map((port) => rule('tcp', [port, port], '0.0.0.0/0'));
  });
  await deps.network.save(PLACE, { lists: { ...lists }, unread }, now);
  now = new Date(now.getTime() + 60_000);
  expect((await runNetworkScan(deps)).outcome).toBe('done');
}

interface Shown {
  readonly reach: string | null;
  readonly score: number | null;
  readonly words: string;
  readonly value: number;
}

/** What a finding has stored, and how its page explains it. */
async function shown(vulnerability: string): Promise<Shown> {
  const { rows } = await fixture.database.pool.query<{ key: string; reach: string | null; score: number | null }>(
    `select encode(uuid_send(key), 'hex') as key, reach, score from finding where vulnerability_id = $1`,
    [vulnerability],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${vulnerability} is not there`);
  const finding = await deps.reads.finding(VISIBLE, findingKey(row.key));
  const term = finding?.scoreBreakdown.terms.find(({ factor }) => factor === 'reachability');
  // What is stored is what the page works out, whoever scored it last.
  expect(finding?.scoreBreakdown.score).toBe(row.score);
  return { reach: row.reach, score: row.score, words: term?.detail ?? '', value: term?.value ?? Number.NaN };
}

const scores = async () => ({
  ssh: (await shown(EXPOSED.ssh)).score ?? 0,
  web: (await shown(EXPOSED.web)).score ?? 0,
});

describe('findings of packages', () => {
  it('rise with the port at which their server listens, and with no other', async () => {
    await open([443]);
    expect(await shown(EXPOSED.web)).toMatchObject({
      reach: 'internet',
      words: 'Internet, 443/tcp, where nginx listens by default',
      value: 0.4,
    });
    // The instance is still told as one that the internet reaches.
    expect(await shown(EXPOSED.ssh)).toMatchObject({
      reach: 'internet',
      words: 'OpenSSH listens at 22/tcp, which nobody outside reaches',
      value: -1,
    });
    const before = await scores();
    expect(before.web).toBeGreaterThan(before.ssh);

    await open([443, 22]);
    expect(await shown(EXPOSED.ssh)).toMatchObject({
      words: 'Internet, 22/tcp, where OpenSSH listens by default',
      value: 0.4,
    });
    const after = await scores();
    expect(after.ssh).toBeGreaterThan(before.ssh);
    expect(after.web).toBe(before.web);
  });

  it('count by the instance where no server is known of them', async () => {
    await open([443]);
    for (const id of [EXPOSED.shell, EXPOSED.both]) {
      expect(await shown(id), id).toMatchObject({ words: 'Internet, 443/tcp', value: 0.4 });
    }
  });

  it('count by a port of no known service, where any server may have been set up', async () => {
    await open([2222]);
    expect((await shown(EXPOSED.ssh)).words).toBe('Internet, 2222/tcp; OpenSSH may listen there');
    expect((await shown(EXPOSED.web)).words).toBe('Internet, 2222/tcp; nginx may listen there');
  });

  it('count by the instance while something of its network was not read', async () => {
    await open([443]);
    const known = await scores();
    await open([443], { LoadBalancers: 'DescribeLoadBalancers was denied.' });
    expect(await shown(EXPOSED.ssh)).toMatchObject({ words: 'Internet, 443/tcp', value: 0.4 });
    expect((await scores()).ssh).toBeGreaterThan(known.ssh);
    await open([443]);
    expect(await scores()).toEqual(known);
  });

  it('are scored anew where the ports alone have changed, and not where nothing has', async () => {
    const reached = (ports: readonly number[] | null) =>
      deps.atomically(({ network }) =>
        network.saveReach(
          [
            {
              resource: instance,
              reach: 'internet',
              path: 'Internet, some ports',
              ports: ports?.map((port) => ({ protocol: 'tcp', begin: port, end: port, reach: 'internet' })) ?? null,
            },
          ],
          now,
        ),
      );
    expect(await reached(null)).toBe(4);
    expect(await reached([443])).toBe(1);
    expect(await reached([443])).toBe(0);
    expect(await reached([22])).toBe(2);
    expect(await reached(null)).toBe(1);
    expect(await reached(null)).toBe(0);
  });

  it('have the same score in a preview of the points as stored', async () => {
    await open([443]);
    const { raised, lowered, looked } = await deps.scoring.preview(await deps.scoring.terms(), now);
    expect({ raised, lowered }).toEqual({ raised: 0, lowered: 0 });
    expect(looked).toBeGreaterThanOrEqual(4);
  });
});
