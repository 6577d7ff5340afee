import { beforeEach, describe, expect, it } from 'vitest';
import { type ResourceId, resourceId } from '../../core/model/ids.ts';
import type { Caller } from '../../core/model/permissions.ts';
import { runNetworkScan, SCAN_JOB } from '../../testing/aws-run.ts';
import { buildInventory, buildPackage, jammy } from '../../testing/build-inventory.ts';
import { buildTopology, rule } from '../../testing/network/build-topology.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { addResource, NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { getListeners } from './get-listeners.ts';

const PLACE = { accountId: '111122223333', region: 'eu-central-1' };
const INES: Caller = {
  userId: 'ines',
  name: 'Ines Kovar',
  email: 'ines@example.org',
  role: 'viewer',
  accounts: null,
  sessionId: 'session-ines',
};

const installed = (ecosystem: 'ubuntu' | 'npm', name: string, version: string) =>
  buildPackage({
    ecosystem,
    name,
    version,
    purl: `pkg:${ecosystem}/${name}@${version}`,
    packageManager: ecosystem === 'npm' ? 'NODEPKG' : 'OS',
  });
const PACKAGES = [
  installed('ubuntu', 'openssh-client', '1:9.6p1-3ubuntu13'),
  installed('ubuntu', 'openssh-server', '1:9.6p1-3ubuntu13'),
  installed('ubuntu', 'postgresql-16', '16.3-1'),
  installed('ubuntu', 'bash', '5.2'),
  // A client from a registry.
  installed('npm', 'redis', '4.6.0'),
];

let fixture: StoreFixture;
let deps: Dependencies;
let instance: ResourceId;

beforeEach(async () => {
  fixture = await openStoreFixture();
  deps = storeDependencies(fixture, () => NOON);
  instance = await addResource(fixture.stores, 'i-a', { ...PLACE, id: resourceId('arn:i-a') });
  await fixture.database.pool.query(
    `update resource set cloud = '{"kind": "ec2", "instanceId": "i-a", "state": "running"}' where key = $1`,
    [instance],
  );
  await fixture.database.pool.query(
    `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-network', 'x', 'running', '{}', now())`,
    [SCAN_JOB],
  );
  const lists = buildTopology((base) => {
    base.group.IpPermissions = [22, 5432, 6379, 2222].map((port) => rule('tcp', [port, port], '0.0.0.0/0'));
  });
  await deps.network.save(PLACE, { lists: { ...lists }, unread: {} }, NOON);
  await runNetworkScan(deps);
  return () => fixture.close();
});

async function scanned(outcome: 'complete' | 'partial'): Promise<void> {
  await fixture.stores.inventories.save(instance, buildInventory(jammy, PACKAGES), NOON);
  await fixture.stores.resources.recordScan({
    resource: instance,
    scanType: 'package',
    jobId: null,
    outcome,
    reason: outcome === 'complete' ? null : 'A list was cut short.',
    startedAt: NOON,
    endedAt: NOON,
    packages: PACKAGES.length,
    findings: 0,
    undecidable: 0,
    distro: jammy,
    advisoryRevision: null,
    advisoryStates: [],
    diagnostics: [],
  });
}

async function listenersAtPort(port: number, caller = INES) {
  const [path] = await deps.reads.exposedPaths(EVERYTHING, `NET-${port}-TCP-INTERNET`);
  return runOperation(getListeners, deps, caller, { id: path?.id ?? '' });
}

describe('what listens at the port of a path', () => {
  it('is the server that is installed, without its clients', async () => {
    await scanned('complete');

    expect(await listenersAtPort(22)).toEqual({
      seen: 'whole',
      servers: [{ name: 'OpenSSH', ports: [22], packages: [{ name: 'openssh-server', version: '1:9.6p1-3ubuntu13' }] }],
    });
    expect(await listenersAtPort(5432)).toEqual({
      seen: 'whole',
      servers: [{ name: 'PostgreSQL', ports: [5432], packages: [{ name: 'postgresql-16', version: '16.3-1' }] }],
    });
  });

  it('is nothing known where no such server is installed, or no server has the port', async () => {
    await scanned('complete');

    expect(await listenersAtPort(6379)).toEqual({ seen: 'whole', servers: [] });
    expect(await listenersAtPort(2222)).toEqual({ seen: 'whole', servers: [] });
  });

  it('says when packages were read in part, or by nobody', async () => {
    expect(await listenersAtPort(22)).toEqual({ seen: null, servers: [] });
    await scanned('partial');
    expect(await listenersAtPort(6379)).toEqual({ seen: 'part', servers: [] });
  });

  it('is told to nobody who may not see the instance', async () => {
    await scanned('complete');

    await expect(listenersAtPort(22, { ...INES, accounts: ['999988887777'] })).rejects.toMatchObject({
      code: 'not-found',
    });
    const names = ['openssh-server'];
    const other = { ...EVERYTHING, accounts: ['999988887777'] };
    expect(await deps.reads.namedPackages(other, instance, names)).toEqual({ seen: null, packages: [] });
  });
});
