import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../testing/fault-proxy.ts';
import { awsPeers, type MotoServer, pointSdkAt, startMoto } from '../testing/moto-server.ts';
import { openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { readEnvironment } from '../wiring/environment.ts';
import { awsChecks } from './doctor-aws.ts';

const peers = awsPeers([]);
let folder = '';
let moto: MotoServer;
let proxy: FaultProxy;
let fixture: StoreFixture;

beforeAll(async () => {
  if (peers === null) return;
  folder = mkdtempSync(join(tmpdir(), 'harrier-doctor-'));
  moto = await startMoto(peers.python, folder, { software: {} });
  proxy = await startFaultProxy(moto.endpoint);
  pointSdkAt(proxy);
  fixture = await openStoreFixture();
  await fixture.stores.cloud.saveConnection(
    {
      id: '6f3c1a52-8a3e-4f0e-9b61-2f5f5b0f2b11',
      name: 'Own account',
      kind: 'account',
      roleArns: [],
      memberRole: 'HarrierRole',
      externalId: null,
      regions: ['eu-west-1', 'us-east-1'],
      queueArn: null,
    },
    'test',
    new Date(),
  );
}, 90_000);

afterAll(async () => {
  await fixture?.close();
  await proxy?.close();
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const environment = () => readEnvironment({ DATABASE_URL: fixture.url, HARRIER_DATA: folder });

describe.skipIf(peers === null)('doctor', () => {
  it('tells of the credentials, the clock, and the permissions of each region', async () => {
    const checks = await awsChecks(environment(), new Date());

    expect(checks.map(({ name, state }) => `${state} ${name}`)).toEqual([
      'ok aws',
      'ok aws clock',
      'ok aws Own account eu-west-1',
      'ok aws Own account us-east-1',
    ]);
    expect(checks.at(-1)?.detail).toBe('47 of 47 permissions');
  });

  it('names what is denied in one region, and a clock that is off', async () => {
    proxy.setFault(({ region, service }) =>
      region === 'us-east-1' && service === 'ecr'
        ? { kind: 'answer', status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }) }
        : null,
    );
    const checks = await awsChecks(environment(), new Date(Date.now() + 600_000));
    proxy.setFault(() => null);

    expect(checks.map(({ name, state }) => `${state} ${name}`)).toEqual([
      'ok aws',
      'failed aws clock',
      'ok aws Own account eu-west-1',
      'failed aws Own account us-east-1',
    ]);
    expect(checks.at(-1)?.detail).toBe(
      '42 of 47 permissions; denied: ecr:DescribeRepositories, ecr:DescribeImages, ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer; allow them to the role',
    );
    expect(checks[1]?.detail).toMatch(/^60\d s off/);
  });

  it('that nobody answers says so in one line', async () => {
    proxy.setFault(() => ({ kind: 'reset' }));
    const checks = await awsChecks(environment(), new Date());
    proxy.setFault(() => null);

    expect(checks).toEqual([{ name: 'aws', state: 'failed', detail: expect.stringContaining('was not answered') }]);
  });
});
