import { describe, expect, it } from 'vitest';
import { buildTopology, rule } from '../../../testing/network/build-topology.ts';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import { resourceId } from '../../model/ids.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';
import { exposureOf } from './scanner.ts';

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

  it('has one key for each finding in any topology', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const { topology } = readTopology(randomTopology(seed));
      const found = exposureOf(new Reach(topology), (id) => resourceId(`arn:aws:ec2:eu-west-1:1:instance/${id}`));
      const keys = found.flatMap(({ observations }) => observations.map(({ key }) => key));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
