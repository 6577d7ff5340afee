import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '../core/model/cloud.ts';
import { revokeArguments } from '../core/model/revoke-rule.ts';
import { answerOf } from '../core/scan/network/answer.ts';
import { toIngressRule } from '../core/scan/network/explain.ts';
import { Fixes } from '../core/scan/network/fix.ts';
import { Paths } from '../core/scan/network/paths.ts';
import { Reach } from '../core/scan/network/reach.ts';
import { readTopology } from '../core/scan/network/read-topology.ts';
import { type AwsNetwork, makeAwsNetwork } from '../testing/aws-network.ts';
import { awsPeers, type MotoServer, pointSdkAt, pythonTool, startMoto } from '../testing/moto-server.ts';
import { readNetwork } from './network.ts';
import { openAwsSessions } from './session.ts';

const peers = awsPeers([]);
const cli = peers === null ? null : pythonTool(peers.python, 'aws');
const REGION = 'eu-west-1';
const place: Place = {
  account: { id: '123456789012', name: 'own', organizationalUnit: '', isActive: true, roleArn: null, externalId: null },
  region: REGION,
};

let folder = '';
let moto: MotoServer;
let world: AwsNetwork;

async function look() {
  const sessions = openAwsSessions({ homeRegion: REGION, endpoint: null });
  try {
    const { lists, unread } = await readNetwork(sessions, place, AbortSignal.timeout(60_000));
    // Which instances run is told by discovery; here all do.
    const ids = [world.bastion.id, world.worker.id];
    const Instances = ids.map((InstanceId) => ({ InstanceId, State: { Name: 'running' } }));
    const { topology } = readTopology({ ...lists, Instances }, unread);
    return { reach: new Reach(topology), unread };
  } finally {
    sessions.close();
  }
}

function reachOf(reach: Reach, eni: string) {
  const found = reach.all().find((one) => one.interface.id === eni);
  if (found === undefined) throw new Error(`${eni} was not read.`);
  return found;
}

beforeAll(async () => {
  if (peers === null) return;
  folder = mkdtempSync(join(tmpdir(), 'harrier-network-'));
  moto = await startMoto(peers.python, folder, { software: {} });
  pointSdkAt(moto);
  world = await makeAwsNetwork(moto.endpoint, REGION);
}, 120_000);

afterAll(async () => {
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

describe.skipIf(peers === null)('the network of a region', () => {
  it('is read whole, and what is open in it is found', async () => {
    const { reach } = await look();
    const bastion = answerOf(reachOf(reach, world.bastion.eni));
    expect(bastion.direct.ipv4).toEqual({ tcp: [[22, 22]], udp: [] });
    expect(bastion.unknown).toEqual([]);
    const worker = answerOf(reachOf(reach, world.worker.eni));
    expect(worker.direct.ipv4).toEqual({ tcp: [], udp: [] });
    expect(worker.loadBalancer).toEqual({ tcp: [[8080, 8080]], udp: [] });
  });

  it.skipIf(cli === null)(
    'is closed by the fix that is proposed, made through the AWS CLI, and by nothing less',
    async () => {
      const { reach } = await look();
      const [path] = new Paths(reach.view).of(reachOf(reach, world.bastion.eni));
      if (path === undefined || cli === null) throw new Error('There is no path, or no AWS CLI.');
      expect(path.hops.map(({ type }) => type)).toEqual([
        'AWS::EC2::InternetGateway',
        'AWS::EC2::RouteTable',
        'AWS::EC2::NetworkAcl',
        'AWS::EC2::SecurityGroup',
        'AWS::EC2::NetworkInterface',
        'AWS::EC2::Instance',
      ]);
      const fix = new Fixes(reach).of(path);
      expect(fix?.revokes.map(({ groupId }) => groupId)).toEqual([world.admin]);
      for (const rule of fix?.revokes ?? []) {
        execFileSync(cli, ['--region', REGION, ...revokeArguments(toIngressRule(rule))]);
      }
      const after = await look();
      expect(answerOf(reachOf(after.reach, world.bastion.eni)).direct.ipv4.tcp).toEqual([]);
      expect(answerOf(reachOf(after.reach, world.worker.eni)).loadBalancer.tcp).toEqual([[8080, 8080]]);
    },
  );
});
