import { describe, expect, it } from 'vitest';
import { type NetworkEvidence, portsWord } from '../core/model/network.ts';
import { joinLists, neighboursOf } from '../core/scan/network/join-lists.ts';
import { Reach } from '../core/scan/network/reach.ts';
import { readTopology } from '../core/scan/network/read-topology.ts';
import { exposureOf, type InstanceExposure } from '../core/scan/network/scanner.ts';
import { SAMPLE_ACCOUNTS } from './accounts.ts';
import { SAMPLE_INSTANCES } from './instances.ts';
import { SAMPLE_MACHINES } from './machines.ts';
import { sampleNetworks } from './network-lists.ts';
import { SAMPLE_WAVES } from './sample-thing.ts';

const LAST = SAMPLE_WAVES - 1;
const DENIED = 'elasticloadbalancing:DescribeLoadBalancers is denied.';
const MACHINES = new Map(SAMPLE_MACHINES.map((machine) => [machine.instanceId, machine]));

/** What is open at the end, of each fleet, and of each machine that is not as its fleet. */
const OPEN: Readonly<Record<string, string>> = {
  'shop-web': 'load-balancer: 80/tcp by app/shop from all, 443/tcp by app/shop from all',
  'shop-api': 'vpc: ',
  'shop-db': 'peer: 5432/tcp by pcx from 10.20.0.0/23 10.20.10.0/23',
  'shop-cache': 'vpc: ',
  'press-web':
    'internet: 22/tcp by igw from 203.0.113.0/24, 80/tcp by igw from all, 443/tcp by igw from all, ' +
    '80/tcp by pcx from 10.20.0.0/23 10.20.10.0/23, 443/tcp by pcx from 10.20.0.0/23 10.20.10.0/23',
  'shop-web-stg': 'load-balancer: 443/tcp by app/shop-staging from 203.0.113.0/24',
  'shop-api-stg': 'vpc: ',
  'payments-api': 'load-balancer: 8443/tcp by net/payments from all',
  'payments-db': 'vpc: ',
  'payments-cache': 'vpc: ',
  'ledger-worker': 'isolated: ',
  'payments-api-stg': 'vpc: ',
  'tracking-web': 'load-balancer: 80/tcp by app/tracking from all, 443/tcp by app/tracking from all',
  'routing-api': 'vpc: ',
  'routing-db': 'peer: 5432/tcp by pcx from 10.41.10.0/23',
  'etl-worker': 'isolated: ',
  'warehouse-db': 'vpc: ',
  sandbox:
    'internet: 22/tcp by igw from 203.0.113.0/24, 8000-8887/tcp by igw from all, 8888/tcp by igw from all, ' +
    '8889-9000/tcp by igw from all',
  'sandbox-02':
    'internet: 22/tcp by igw from 203.0.113.0/24, 6379/tcp by igw from all, 8000-8887/tcp by igw from all, ' +
    '8888/tcp by igw from all, 8889-9000/tcp by igw from all',
  builder: 'peer: 22/tcp by pcx from 10.60.0.0/23 10.60.10.0/23',
  bastion: 'internet-restricted: 22/tcp by igw from 203.0.113.0/24',
  'bastion-02': 'internet: 22/tcp by igw from all, 22/tcp by pcx from 10.51.0.0/23 10.51.10.0/23',
  'vpn-gateway': 'internet: 22/tcp by igw from 203.0.113.0/24, 443/tcp by igw from all, 1194/udp by igw from all',
  'erp-app': 'not known: ',
  'erp-db': 'not known: ',
};

/** Each machine that is there in a wave, with what the engine says of it. */
function solvedIn(wave: number): ReadonlyMap<string, InstanceExposure> {
  const networks = sampleNetworks(wave);
  const exposures = networks.flatMap(({ accountId, region, told }) => {
    const peers = neighboursOf(told).filter((id) => id !== accountId);
    const others = networks.filter((one) => one.region === region && peers.includes(one.accountId));
    const { lists, unread } = joinLists(
      told,
      others.map((one) => one.told),
    );
    const Instances = [...MACHINES.keys()].map((InstanceId) => ({ InstanceId, State: { Name: 'running' } }));
    const { topology, diagnostics } = readTopology({ ...lists, Instances }, unread);
    expect(diagnostics.map(({ message }) => message)).toEqual(Object.keys(unread).length === 0 ? [] : [DENIED]);
    return exposureOf(new Reach(topology), (id) => {
      const resource = MACHINES.get(id)?.thing.resource;
      return resource?.accountId === accountId && resource.region === region ? resource.id : null;
    });
  });
  return new Map(exposures.map((one) => [MACHINES.get(one.instanceId)?.thing.resource.name ?? '', one]));
}

function said({ reach, observations }: InstanceExposure): string {
  const ports = observations.map(({ network }) => (network === undefined ? 'none' : wayOf(network)));
  return `${reach ?? 'not known'}: ${ports.join(', ')}`;
}

function wayOf(network: NetworkEvidence): string {
  const via = /loadbalancer\/(\w+\/[\w-]+)\//.exec(network.via)?.[1] ?? network.via.split('-')[0];
  return `${portsWord(network)} by ${via} from ${network.isWorld ? 'all' : network.sourceBlocks.join(' ')}`;
}

const fleetOf = (name: string): string => name.slice(0, name.lastIndexOf('-'));

describe('the networks of the sample', () => {
  it('hold every instance once, in the account and region where it is', () => {
    expect([...MACHINES.values()].map(({ thing }) => thing.resource.id).sort()).toEqual(
      SAMPLE_INSTANCES.map(({ resource }) => resource.id).sort(),
    );
    const accounts = new Set<string>(SAMPLE_ACCOUNTS.map(({ id }) => id));
    for (const { accountId } of sampleNetworks(LAST)) expect(accounts).toContain(accountId);
  });

  it('use public addresses of documentation alone, each once', () => {
    const text = JSON.stringify(sampleNetworks(LAST).map(({ told }) => told.lists.NetworkInterfaces));
    const addresses = [...text.matchAll(/"PrivateIpAddresses":\[\{[^\]]*"PublicIp":"([^"]+)"/g)].map(([, one]) => one);

    expect(addresses.length).toBeGreaterThan(15);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) expect(address).toMatch(/^(192\.0\.2|198\.51\.100)\.\d+$/);
  });

  it('are the same on every call', () => {
    expect(sampleNetworks(5)).toEqual(sampleNetworks(5));
  });

  it('let through what was planned and what crept in, and nothing else', () => {
    const solved = solvedIn(LAST);

    const names = SAMPLE_INSTANCES.map(({ resource }) => resource.name);
    expect(Object.fromEntries(names.map((name) => [name, said(solved.get(name) as InstanceExposure)]))).toEqual(
      Object.fromEntries(names.map((name) => [name, OPEN[name] ?? OPEN[fleetOf(name)]])),
    );
  });

  it('leave open what is behind balancers that nobody may list, and nothing else', () => {
    const doubtful = [...solvedIn(LAST)].filter(([, { unknown }]) => unknown.length > 0);

    expect(doubtful.map(([name]) => name).sort()).toEqual(['erp-app-01', 'erp-app-02', 'erp-db-01']);
    for (const [, { unknown }] of doubtful) {
      expect(unknown.map(({ component }) => component)).toEqual(['LoadBalancers', 'LoadBalancerDescriptions']);
    }
  });

  it.each([
    ['bastion-02', 8, 'internet-restricted: 22/tcp by igw from 203.0.113.0/24'],
    ['sandbox-02', 4, /3389\/tcp by igw from all, 8000/],
    ['sandbox-02', 7, /^(?!.*3389)/],
    ['press-web-01', 7, /22\/tcp by igw from all/],
    ['press-web-01', 8, /22\/tcp by igw from 203/],
    ['shop-db-01', 5, 'vpc: '],
  ] as const)('%s was another in wave %i', (name, wave, expected) => {
    const before = said(solvedIn(wave).get(name) as InstanceExposure);

    if (typeof expected === 'string') expect(before).toBe(expected);
    else expect(before).toMatch(expected);
  });
});
