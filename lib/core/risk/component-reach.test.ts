import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OpenRange, REACHES, type Reach } from '../model/resource-facts.ts';
import { componentReach } from './component-reach.ts';
import { LISTENERS } from './listeners.ts';
import { scoreOf } from './score.ts';

const SSH = [{ ecosystem: 'ubuntu', name: 'openssh-server' }];
const NGINX = [{ ecosystem: 'ubuntu', name: 'nginx' }];
const SNMP = [{ ecosystem: 'ubuntu', name: 'snmpd' }];
const BASH = [{ ecosystem: 'ubuntu', name: 'bash' }];
const SMB = [{ ecosystem: 'ubuntu', name: 'samba' }];

const tcp = (begin: number, end = begin, reach: Reach = 'internet'): OpenRange => ({
  protocol: 'tcp',
  begin,
  end,
  reach,
});
const udp = (begin: number, end = begin, reach: Reach = 'internet'): OpenRange => ({
  protocol: 'udp',
  begin,
  end,
  reach,
});

/** As the scanner tells it of an instance: the widest of its ports, and the ports. */
function factsOf(ports: readonly OpenRange[], otherwise: Reach = 'vpc') {
  const reach = REACHES.find((one) => ports.some((port) => port.reach === one)) ?? otherwise;
  return { reach, path: ports.length === 0 ? null : 'The way to the instance', ports };
}

describe('the reach of packages', () => {
  it.each([
    ['the port of its own', SSH, [tcp(22)], 'internet', 'Internet, 22/tcp, where OpenSSH listens by default'],
    ['a range with it', SSH, [tcp(0, 65_535)], 'internet', 'Internet, 22/tcp, where OpenSSH listens by default'],
    [
      'two of its own',
      NGINX,
      [tcp(80), tcp(443)],
      'internet',
      'Internet, 80/tcp and 443/tcp, where nginx listens by default',
    ],
    ['one of no known service', SSH, [tcp(8443)], 'internet', 'Internet, 8443/tcp; OpenSSH may listen there'],
    [
      'a range of none',
      SSH,
      [tcp(8000, 8100, 'peer')],
      'peer',
      'Neighbouring networks, 8000-8100/tcp; OpenSSH may listen there',
    ],
    ['one of another service', SSH, [tcp(443)], 'vpc', 'OpenSSH listens at 22/tcp, which nobody outside reaches'],
    ['one of another protocol', SSH, [udp(22)], 'vpc', 'OpenSSH listens at 22/tcp, which nobody outside reaches'],
    ['one that it could be set to', SNMP, [tcp(1610)], 'internet', 'Internet, 1610/tcp; Net-SNMP may listen there'],
    [
      'none of many',
      SMB,
      [tcp(22)],
      'vpc',
      'Samba listens at 139/tcp, 445/tcp and 2 more, which nobody outside reaches',
    ],
  ] as const)('with %s open', (_, packages, ports, reach, path) => {
    expect(componentReach(factsOf(ports), packages)).toEqual({ reach, path });
  });

  it('is decided by the widest of its ports', () => {
    const ports = [tcp(443), tcp(22, 22, 'peer'), tcp(2222, 2222, 'internet-restricted')];
    expect(componentReach(factsOf(ports), SSH)).toEqual({
      reach: 'internet-restricted',
      path: 'Some of the internet, 2222/tcp; OpenSSH may listen there',
    });
  });

  it.each([
    ['no server is known of them', factsOf([tcp(443)]), BASH],
    ['the ports are not known', { ...factsOf([tcp(443)]), ports: null }, SSH],
    ['the reach is not known', { reach: null, path: null, ports: [tcp(443)] }, SSH],
    ['nothing is open', factsOf([]), SSH],
    ['a port would be wider than the resource', { reach: 'peer' as const, path: null, ports: [tcp(22)] }, SSH],
  ])('is that of the resource where %s', (_, facts, packages) => {
    expect(componentReach(facts, packages)).toEqual({ reach: facts.reach, path: facts.path });
  });

  it('stays isolated on what is isolated', () => {
    expect(componentReach({ reach: 'isolated', path: null, ports: [tcp(443)] }, SSH).reach).toBe('isolated');
  });
});

describe('the score of a finding in packages', () => {
  const range = fc
    .record({
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      begin: fc.oneof(
        fc.constantFrom(...LISTENERS.flatMap(({ tcp: a = [], udp: b = [] }) => [...a, ...b])),
        fc.integer({ min: 0, max: 65_535 }),
      ),
      size: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(65_535)),
      reach: fc.constantFrom(...REACHES.slice(0, 4)),
    })
    .map(({ begin, size, ...rest }): OpenRange => ({ ...rest, begin, end: Math.min(65_535, begin + size) }));
  const named = fc.constantFrom(...LISTENERS.map(({ servers }) => servers[0] ?? ''), 'bash').map((name) => ({
    ecosystem: 'debian',
    name: name.replace('#', '12'),
  }));
  const packages = fc.oneof(fc.tuple(named), fc.tuple(named, named));
  const vector = fc.constantFrom('N', 'A', 'L', 'P').map((value) => `CVSS:3.1/AV:${value}/AC:L`);

  function scored(facts: ReturnType<typeof factsOf>, names: Parameters<typeof componentReach>[1], way: string) {
    const rating = { cvss: [{ version: '3.1' as const, vector: way, score: 7, source: 'nvd' }], word: null };
    const { reach, path } = facts;
    const input = { rating, epss: null, kev: null, environment: null, reach, path };
    return { narrowed: scoreOf({ ...input, component: componentReach(facts, names) }), whole: scoreOf(input) };
  }

  it('never falls when a port is opened', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), range, packages, vector, (ports, more, names, way) => {
        for (const otherwise of ['vpc', 'isolated'] as const) {
          const before = scored(factsOf(ports, otherwise), names, way).narrowed.score ?? -1;
          const after = scored(factsOf([...ports, more], otherwise), names, way).narrowed.score ?? -1;
          expect(after).toBeGreaterThanOrEqual(before);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('is never above that by the widest way to the resource, and is the same for what is not attacked over a network', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), packages, vector, (ports, names, way) => {
        const { narrowed, whole } = scored(factsOf(ports), names, way);
        expect(narrowed.score ?? -1).toBeLessThanOrEqual(whole.score ?? -1);
        if (/AV:[LP]/.test(way)) expect(narrowed).toEqual(whole);
      }),
      { numRuns: 5_000 },
    );
  });
});
