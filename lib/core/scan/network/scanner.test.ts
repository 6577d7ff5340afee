import { describe, expect, it } from 'vitest';
import { addTable, buildTopology, giveIpv6, route, rule } from '../../../testing/network/build-topology.ts';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import { resourceId } from '../../model/ids.ts';
import { extentOf } from './extent.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';
import { exposureOf, pathOf } from './scanner.ts';

const INSTANCE = resourceId('arn:aws:ec2:eu-west-1:111122223333:instance/i-a');
const exposures = (file: unknown) => exposureOf(new Reach(readTopology(file).topology), () => INSTANCE);

describe('the exposure of an instance', () => {
  it('is a finding for each port, titled and rated as Amazon Inspector does', () => {
    const [one] = exposures(buildTopology(() => undefined));
    expect(
      one?.observations.map(({ title, vulnerability }) => [title, vulnerability.severity, vulnerability.id]),
    ).toEqual([['Port 22 is reachable from an Internet Gateway - TCP', 'MEDIUM', 'NET-22-TCP-INTERNET']]);
    expect(one).toMatchObject({ reach: 'internet', path: 'Internet, 22/tcp', unknown: [] });
  });

  it('has recognised ports by themselves and the rest as ranges', () => {
    const [one] = exposures(
      buildTopology((base) => {
        base.group.IpPermissions = [rule('tcp', [20, 26], '0.0.0.0/0')];
      }),
    );
    expect(
      one?.observations.map(({ title, vulnerability }) => [title.split(' is ')[0], vulnerability.severity]),
    ).toEqual([
      ['Port 20', 'INFORMATIONAL'],
      ['Port 21', 'HIGH'],
      ['Port 22', 'MEDIUM'],
      ['Port 23', 'HIGH'],
      ['Port range 24 - 26', 'INFORMATIONAL'],
    ]);
  });

  it('keeps its findings when a rule is written otherwise, and loses them with the port', () => {
    const keys = (cidrs: readonly string[]) =>
      exposures(
        buildTopology((base) => {
          base.group.IpPermissions = cidrs.map((cidr) => rule('tcp', [22, 22], cidr));
        }),
      ).flatMap(({ observations }) => observations.map(({ key }) => key));
    expect(keys(['0.0.0.0/1', '128.0.0.0/1'])).toEqual(keys(['0.0.0.0/0']));
    expect(keys(['10.0.0.0/8'])).toEqual([]);
  });

  it('is not known where an appliance stands between, which is said and is no finding', () => {
    const [one] = exposures(
      buildTopology((base) => {
        addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'vpce-1'));
        base.table.Routes = [route('0.0.0.0/0', 'vpce-1')];
      }),
    );
    expect(one).toMatchObject({ observations: [], reach: null, path: null, ports: null, unknown: [] });
    expect(one?.conditional).toBe('The internet may reach 22/tcp through vpce-1, whose own rules are not known.');
    expect(exposures(buildTopology(() => undefined))[0]?.conditional).toBeNull();
  });

  it('has exactly who may call beside each finding, of both families, however the rules write it', () => {
    const [one] = exposures(
      buildTopology((base) => {
        giveIpv6(base);
        base.table.Routes.push(route('::/0', 'igw-a'));
        base.group.IpPermissions = [
          rule('tcp', [22, 22], '198.51.100.0/25', '198.51.100.128/25', '2001:db8::/32'),
          rule('tcp', [80, 80], '203.0.113.7/32'),
        ];
      }),
    );
    const extents = [...(one?.sources ?? [])].map(([key, sources]) => [key, extentOf(sources)]);
    expect(extents).toEqual([
      [one?.observations[0]?.key, { ipv4: ['198.51.100.0/24'], ipv6: ['2001:db8::/32'] }],
      [one?.observations[1]?.key, { ipv4: ['203.0.113.7/32'], ipv6: [] }],
    ]);
  });

  it('tells the path of a finding as it is now, and none where it is not there any more', () => {
    const open = (...cidrs: readonly string[]) =>
      buildTopology((base) => {
        base.group.IpPermissions = [rule('tcp', [22, 22], ...cidrs)];
      });
    const before = exposures(open('203.0.113.0/24'))[0]?.observations[0]?.network;
    if (before === undefined) throw new Error('port 22 is shut');
    const now = (file: unknown, network = before) => pathOf(new Reach(readTopology(file).topology), network);

    expect(now(open('203.0.113.0/24'))?.evidence).toEqual(before);
    expect(now(open('198.51.100.0/24'))?.sources.ipv4).not.toEqual(now(open('203.0.113.0/24'))?.sources.ipv4);
    expect(now(open('10.0.0.0/8'))).toBeNull();
    expect(now(open('203.0.113.0/24'), { ...before, interfaceId: 'eni-gone' })).toBeNull();
    expect(now(open('203.0.113.0/24'), { ...before, begin: 23, end: 23 })).toBeNull();
  });

  it('has one key for each finding in any topology', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const { topology } = readTopology(randomTopology(seed));
      const found = exposureOf(new Reach(topology), (id) => resourceId(`arn:aws:ec2:eu-west-1:1:instance/${id}`));
      const keys = found.flatMap(({ observations }) => observations.map(({ key }) => key));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
