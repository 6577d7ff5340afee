import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachByPackets } from '../testing/network/packet-by-packet.ts';
import { randomTopology } from '../testing/network/random-topology.ts';
import { runCli } from '../testing/run-cli.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-reach-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCli(['reach', ...args], { variables: { HARRIER_DATA: folder } });

function put(content: string): string {
  const path = join(folder, 'topology.json');
  writeFileSync(path, content);
  return path;
}

/** A machine with a public address, of which a group opens the ports 20 to 25 to one network and 22 to everybody. */
const OFFICE = {
  Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }],
  Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'a' }],
  RouteTables: [
    {
      RouteTableId: 'rtb-1',
      VpcId: 'vpc-1',
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
    },
  ],
  NetworkAcls: [
    {
      NetworkAclId: 'acl-1',
      VpcId: 'vpc-1',
      IsDefault: true,
      Entries: [false, true].map((Egress) => ({
        RuleNumber: 100,
        Protocol: '-1',
        Egress,
        CidrBlock: '0.0.0.0/0',
        RuleAction: 'allow',
      })),
    },
  ],
  SecurityGroups: [
    {
      GroupId: 'sg-1',
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 20, ToPort: 25, IpRanges: [{ CidrIp: '203.0.113.0/24' }] },
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ],
    },
  ],
  InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1', State: 'available' }] }],
  Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }],
  NetworkInterfaces: [
    {
      NetworkInterfaceId: 'eni-1',
      VpcId: 'vpc-1',
      SubnetId: 'subnet-1',
      Groups: [{ GroupId: 'sg-1' }],
      Attachment: { InstanceId: 'i-1', DeviceIndex: 0, Status: 'attached' },
      PrivateIpAddress: '10.0.0.5',
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.5', Primary: true, Association: { PublicIp: '198.51.100.9' } }],
    },
  ],
};

describe('harrier reach', () => {
  it('answers in the format of the contract, with each path and what closes it', async () => {
    const { code, out } = await run(put(JSON.stringify({ ...OFFICE, Nonsense: [] })));
    const answer = JSON.parse(out);

    expect(code).toBe(0);
    const none = { tcp: [], udp: [] };
    expect(answer.interfaces).toEqual({
      'eni-1': {
        direct: { ipv4: { tcp: [[20, 25]], udp: [] }, ipv6: none },
        conditional: { ipv4: none, ipv6: none },
        loadBalancer: none,
        peer: {},
        vgw: {},
        tgw: {},
        unknown: [],
      },
    });
    const paths = answer.paths.map(({ ports, sources }: { ports: number[]; sources: { world: boolean } }) => [
      ...ports,
      sources.world,
    ]);
    expect(paths).toEqual([
      [20, 20, false],
      [21, 21, false],
      [22, 22, true],
      [23, 23, false],
      [24, 25, false],
    ]);
    const [, , ssh] = answer.paths;
    expect(ssh).toMatchObject({ interface: 'eni-1', category: 'internet', family: 'ipv4', protocol: 'tcp' });
    expect(ssh.hops[0]).toEqual({ type: 'AWS::EC2::InternetGateway', id: 'igw-1', because: 'is attached to vpc-1' });
    const common = { action: 'revoke', direction: 'ingress', groupId: 'sg-1', protocol: 'tcp' };
    expect(ssh.fix).toEqual([
      { ...common, fromPort: 20, toPort: 25, source: '203.0.113.0/24' },
      { ...common, fromPort: 22, toPort: 22, source: '0.0.0.0/0' },
    ]);
    expect(ssh.alsoCloses).toEqual([
      {
        interface: 'eni-1',
        category: 'internet',
        via: 'igw-1',
        family: 'ipv4',
        protocol: 'tcp',
        ports: [
          [20, 21],
          [23, 25],
        ],
      },
    ]);
    expect(answer.diagnostics).toEqual([
      { level: 'warning', path: 'Nonsense', message: 'Nonsense is no list that is known, and is ignored.' },
    ]);
  });

  it('leaves the paths out where nobody wants them, and says the same of the interfaces', async () => {
    for (const seed of [3, 4, 5]) {
      const file = randomTopology(seed);
      const { out } = await run(put(JSON.stringify(file)), '--no-paths');
      const answer = JSON.parse(out);
      expect(Object.keys(answer)).toEqual(['interfaces', 'diagnostics']);
      expect(answer.interfaces).toEqual(reachByPackets(file));
      expect(JSON.parse((await run(put(JSON.stringify(file)))).out).interfaces).toEqual(answer.interfaces);
    }
  });

  it('lets clients call from low ports where asked', async () => {
    const low = { RuleNumber: 90, Protocol: '6', Egress: true, CidrBlock: '0.0.0.0/0', RuleAction: 'deny' };
    const NetworkAcls = OFFICE.NetworkAcls.map((acl) => ({
      ...acl,
      Entries: [...acl.Entries, { ...low, PortRange: { From: 1024, To: 65_535 } }],
    }));
    const path = put(JSON.stringify({ ...OFFICE, NetworkAcls }));
    expect(JSON.parse((await run(path)).out).interfaces['eni-1'].direct.ipv4.tcp).toEqual([]);
    expect(JSON.parse((await run(path, '--client-ports')).out).interfaces['eni-1'].direct.ipv4.tcp).toEqual([[20, 25]]);
  });

  it.each([
    ['nothing', '{}'],
    [
      'lists that are none',
      '{"Vpcs": 7, "Subnets": {"a": 1}, "NetworkInterfaces": [null, 3, {}, {"NetworkInterfaceId": "eni-9"}]}',
    ],
    ['a list', '[1, 2]'],
    [
      'rules without sense',
      JSON.stringify({
        ...OFFICE,
        SecurityGroups: [
          {
            GroupId: 'sg-1',
            IpPermissions: [
              { IpProtocol: 'tcp', FromPort: 9, ToPort: 1, IpRanges: [{ CidrIp: '10.0.0.0/99' }] },
              5,
              null,
            ],
          },
        ],
      }),
    ],
    ['blocks that are none', JSON.stringify(OFFICE).replaceAll('0.0.0.0/0', '300.0.0.0/0')],
  ])('survives %s', async (_name, content) => {
    const { code, out } = await run(put(content));
    expect(code).toBe(0);
    expect(JSON.parse(out).paths).toEqual([]);
  });

  it('never says closed where a rule cannot be read', async () => {
    const SecurityGroups = [
      {
        GroupId: 'sg-1',
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: 'everybody' }] }],
      },
    ];
    const answer = JSON.parse((await run(put(JSON.stringify({ ...OFFICE, SecurityGroups })))).out);
    expect(answer.interfaces['eni-1'].unknown).toEqual([
      { reason: 'A rule of sg-1 could not be read.', component: 'sg-1' },
    ]);
    expect(answer.diagnostics).toHaveLength(1);
  });

  it.each([
    ['a file that is not there', '/nonexistent/topology.json', 'cannot be read'],
    ['what is no JSON', '', 'is not JSON'],
  ])('says what is wrong with %s', async (_name, path, words) => {
    const { code, err } = await run(path === '' ? put('{"Vpcs": [') : path);
    expect(code).not.toBe(0);
    expect(err).toContain(words);
  });
});
