import { jobId, resourceId } from '../core/model/ids.ts';
import type { NetworkLists } from '../core/model/network.ts';
import { asObject, asText, objectsOf } from '../core/model/raw.ts';
import { type ScannedNetwork, scanNetwork } from '../jobs/handlers/scan-network.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { openDatabase } from '../store/client.ts';
import { openStores } from '../store/open-stores.ts';
import { type Sql, sqlOfPool } from '../store/sql.ts';
import { SCAN_JOB } from './aws-run.ts';
import { generatedNetwork, type NetworkSize } from './network/generated-network.ts';
import { storeDependencies } from './store-dependencies.ts';

export const NETWORK_PLACE = { accountId: '999988887777', region: 'eu-central-1' } as const;
const SEED = 1;

/** Stores a generated network with its instances; nothing is solved yet. */
export async function fillNetwork(deps: Dependencies, size: NetworkSize): Promise<NetworkLists> {
  const { Instances, ...lists } = generatedNetwork(size, SEED);
  const now = deps.clock.now();
  const { accountId, region } = NETWORK_PLACE;
  await deps.resources.upsertAccounts([{ id: accountId, name: 'Network', organizationalUnit: '', sample: false }], now);
  const instances = objectsOf(Instances).map((raw) => {
    const instanceId = asText(raw.InstanceId) ?? '';
    return { instanceId, resource: resourceId(instanceId), state: asText(asObject(raw.State)?.Name) ?? '' };
  });
  await deps.resources.upsert(
    instances.map(({ resource, instanceId }) => ({
      id: resource,
      accountId,
      region,
      kind: 'ec2',
      name: instanceId,
      environment: null,
      tags: {},
      sample: false,
    })),
    now,
  );
  await deps.cloud.saveFacts(
    instances.map(({ resource, instanceId, state }) => ({ resource, facts: instanceFacts(instanceId, state) })),
  );
  const told = { lists, unread: {} };
  await deps.network.save(NETWORK_PLACE, told, now);
  return told;
}

function instanceFacts(instanceId: string, state: string) {
  return {
    kind: 'ec2',
    instanceId,
    state,
    instanceType: 'm7g.large',
    imageId: 'ami-1',
    platform: 'LINUX',
    architecture: 'arm64',
    vpcId: null,
    subnetId: null,
    launchedAt: null,
    profileArn: null,
    volumes: [],
    rootDevice: null,
    managed: null,
    managedUnknown: null,
  } as const;
}

/** Solves it and keeps its findings, as the job does. */
export async function solveFilledNetwork(deps: Dependencies, sql: Sql): Promise<ScannedNetwork> {
  await sql.query(
    `insert into job (id, kind, title, state, payload, created_at)
     values ($1, 'scan-network', 'x', 'running', '{}', now()) on conflict do nothing`,
    [SCAN_JOB],
  );
  const [due] = await deps.network.due(deps.clock.now(), 1);
  if (due === undefined) throw new Error('no network is due');
  return scanNetwork(deps, due, { id: jobId(SCAN_JOB), log: async () => undefined });
}

/** A network with what the engine makes of it, in a database that holds other things too. */
export async function addFilledNetwork(url: string, size: NetworkSize): Promise<void> {
  const database = openDatabase(url);
  const stores = openStores(database);
  try {
    const fixture = { stores, database, url, close: async () => undefined };
    const deps = storeDependencies(fixture, () => new Date());
    await fillNetwork(deps, size);
    await solveFilledNetwork(deps, sqlOfPool(database.pool));
    await database.pool.query('vacuum analyze');
  } finally {
    await stores.close();
    await database.close();
  }
}
