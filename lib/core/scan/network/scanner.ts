import type { Observation, Vulnerability } from '../../model/finding.ts';
import type { FindingKey, ResourceId } from '../../model/ids.ts';
import { type NetworkEvidence, portsWord } from '../../model/network.ts';
import { type OpenRange, REACHES, type Reach as WidestReach } from '../../model/resource-facts.ts';
import { ruleName } from '../../model/revoke-rule.ts';
import { SEVERITIES, type Severity } from '../../model/severity.ts';
import { findingKeyOf } from '../package/identity.ts';
import { blockTexts, INTERNET } from './address.ts';
import { toIngressRule } from './explain.ts';
import { joinSources, NO_SOURCES, type Sources } from './extent.ts';
import { exposureId, pathIdentity } from './identity.ts';
import { sizeOf, subtract } from './intervals.ts';
import type { Unknown } from './missing.ts';
import { openRangesOf, reachOfPath, WAY_WORDS } from './open-ports.ts';
import { type Path, Paths } from './paths.ts';
import type { InterfaceReach, Reach } from './reach.ts';
import { servicesAt } from './services.ts';

/** What a look at the network says of one instance. */
export interface InstanceExposure {
  readonly instanceId: string;
  readonly observations: readonly Observation[];
  /** Exactly who may call, of each observation. */
  readonly sources: ReadonlyMap<FindingKey, Sources>;
  /** The widest way to it; null where something that is not known could be a wider one. */
  readonly reach: WidestReach | null;
  /** That way in words, `Internet, 22/tcp`. */
  readonly path: string | null;
  /** The ports that are open; null where another could be. */
  readonly ports: readonly OpenRange[] | null;
  readonly unknown: readonly Unknown[];
  /** Why it may be reached by an appliance, whose rules are not modelled; null where none is in the way. */
  readonly conditional: string | null;
}

/** A path as a finding tells it, and exactly who may call. */
interface ToldPath {
  readonly evidence: NetworkEvidence;
  readonly sources: Sources;
}

const BLOCKS_MAX = 8;
const INSPECTOR = 'Amazon Inspector';
const REFERENCE = 'https://docs.aws.amazon.com/inspector/latest/user/findings-types.html';

/** The exposure of every instance with an interface in a solved topology, as `resourceOf` knows instances. */
export function exposureOf(
  solved: Reach,
  resourceOf: (instanceId: string) => ResourceId | null,
): readonly InstanceExposure[] {
  const paths = new Paths(solved.view);
  const byInstance = Map.groupBy(
    solved.topology.interfaces.filter(({ instanceId }) => instanceId !== null),
    ({ instanceId }) => instanceId ?? '',
  );
  return [...byInstance].flatMap(([instanceId, interfaces]) => {
    const resource = resourceOf(instanceId);
    return resource === null
      ? []
      : [
          instanceExposure(
            resource,
            instanceId,
            interfaces.map((one) => solved.of(one)),
            paths,
            solved,
          ),
        ];
  });
}

/** The path of a finding as it is in a solved topology; null where it is not there any more. */
export function pathOf(solved: Reach, network: NetworkEvidence): ToldPath | null {
  const to = solved.topology.interfaces.find(({ id }) => id === network.interfaceId);
  if (to === undefined) return null;
  const identity = pathIdentity(network);
  const told = merged(new Paths(solved.view).of(solved.of(to)).map((path) => toldOf(path, solved)));
  return told.find(({ evidence }) => pathIdentity(evidence) === identity) ?? null;
}

function instanceExposure(
  resource: ResourceId,
  instanceId: string,
  interfaces: readonly InterfaceReach[],
  paths: Paths,
  solved: Reach,
): InstanceExposure {
  const found = interfaces.flatMap((one) => paths.of(one));
  const told = merged(found.filter(({ category }) => category !== 'conditional').map((path) => toldOf(path, solved)));
  const evidence = told.map((one) => one.evidence);
  const observations = evidence.map((one) => observationOf(resource, one));
  const unknown = interfaces.flatMap((one) => one.unknown);
  const isCalled = interfaces.some((one) =>
    one.interface.groupIds.some((id) => (solved.topology.groups.get(id)?.ingress.length ?? 0) > 0),
  );
  // What an appliance lets through is not known either.
  const conditional = conditionalText(found);
  const isDoubtful = unknown.length > 0 || conditional !== null;
  return {
    instanceId,
    observations,
    sources: new Map(observations.map(({ key }, at) => [key, told[at]?.sources ?? NO_SOURCES])),
    ...widest(evidence, isCalled, isDoubtful),
    ports: openRangesOf(evidence, isDoubtful),
    unknown,
    conditional,
  };
}

const PORTS_NAMED = 3;

/** Ports that an appliance between gateway and subnet may let the internet call. */
function conditionalText(found: readonly Path[]): string | null {
  const through = found.filter(({ category }) => category === 'conditional');
  const [first] = through;
  if (first === undefined) return null;
  const words = through.map(({ protocol, ports: [begin, end] }) => portsWord({ begin, end, protocol }));
  const distinct = [...new Set(words)];
  const more = distinct.length > PORTS_NAMED ? ` and ${distinct.length - PORTS_NAMED} more` : '';
  const appliance = first.hops.find(({ because }) => because.startsWith('an appliance'))?.id ?? 'an appliance';
  return `The internet may reach ${distinct.slice(0, PORTS_NAMED).join(', ')}${more} through ${appliance}, whose own rules are not known.`;
}

function toldOf(path: Path, solved: Reach): ToldPath {
  return { evidence: evidenceOf(path, solved), sources: { ...NO_SOURCES, [path.family]: path.sources } };
}

function evidenceOf(path: Path, { topology }: Reach): NetworkEvidence {
  const { family, sources, ports, protocol } = path;
  const isWorld = path.category === 'internet' && subtract(INTERNET[family], sources).length === 0;
  return {
    interfaceId: path.interface.id,
    subnetId: path.interface.subnetId,
    subnetName: topology.subnets.get(path.interface.subnetId)?.name ?? '',
    category: path.category,
    via: path.via,
    protocol: protocol === 'tcp' ? 'TCP' : 'UDP',
    begin: ports[0],
    end: ports[1],
    services: ports[0] === ports[1] ? servicesAt(protocol, ports[0]).map(({ name }) => name) : [],
    families: [family],
    isWorld,
    sourceCount: String(sizeOf(sources)),
    sourceBlocks: isWorld ? [] : blockTexts(family, sources, BLOCKS_MAX),
    hops: path.hops,
    revokes: path.admitting.map(toIngressRule),
  };
}

/** The same ports by the same way over both families are one finding. */
function merged(all: readonly ToldPath[]): readonly ToldPath[] {
  const byIdentity = new Map<string, ToldPath>();
  for (const one of all) {
    const key = pathIdentity(one.evidence);
    const other = byIdentity.get(key);
    byIdentity.set(
      key,
      other === undefined
        ? one
        : { evidence: both(other.evidence, one.evidence), sources: joinSources(other.sources, one.sources) },
    );
  }
  return [...byIdentity.values()];
}

function both(first: NetworkEvidence, second: NetworkEvidence): NetworkEvidence {
  return {
    ...first,
    families: [...first.families, ...second.families],
    isWorld: first.isWorld || second.isWorld,
    sourceCount: String(BigInt(first.sourceCount) + BigInt(second.sourceCount)),
    sourceBlocks: [...first.sourceBlocks, ...second.sourceBlocks].slice(0, BLOCKS_MAX),
    revokes: [...new Map([...first.revokes, ...second.revokes].map((rule) => [ruleName(rule), rule])).values()],
  };
}

function observationOf(resource: ResourceId, network: NetworkEvidence): Observation {
  return {
    key: findingKeyOf(resource, 'NETWORK_REACHABILITY', pathIdentity(network)),
    type: 'NETWORK_REACHABILITY',
    title: titleOf(network),
    vulnerability: exposureText(network),
    packages: [],
    network,
  };
}

const GATEWAYS = {
  internet: 'an Internet Gateway',
  conditional: 'an Internet Gateway',
  peer: 'a VPC Peering Connection',
  vgw: 'a Virtual Private Gateway',
  tgw: 'a Transit Gateway',
} as const;

/** As Amazon Inspector titles it: `Port 22 is reachable from an Internet Gateway - TCP`. */
function titleOf({ begin, end, protocol, category }: NetworkEvidence): string {
  const ports = begin === end ? `Port ${begin} is` : `Port range ${begin} - ${end} is`;
  return `${ports} reachable from ${GATEWAYS[category]} - ${protocol}`;
}

/** What is the same wherever these ports are open, as the text of a vulnerability is. */
function exposureText(network: NetworkEvidence): Vulnerability {
  const { services, category } = network;
  const ports = portsWord(network);
  const rating = ratingOf(network);
  const from = category === 'internet' ? 'the internet' : 'a neighbouring network';
  const named = services.length === 0 ? '' : ` (${services.join(', ')})`;
  return {
    id: exposureId(network),
    aliases: [],
    title: `${ports}${named} can be reached from ${from}`,
    description:
      `A connection from ${from} to ${ports}${named} gets through: security groups, network ACLs in both directions and the ` +
      'way back let it pass. Nothing was sent to find out; it follows from the configuration. Limit the rules of the ' +
      'security groups on the path to whoever needs the port, or remove them.',
    severity: rating.severity,
    severitySource: rating.source,
    cvss: [],
    epss: null,
    kev: null,
    cwes: [],
    references: [REFERENCE],
    publishedAt: null,
  };
}

interface Rated {
  readonly severity: Severity;
  /** Whose word it is: ports that Amazon Inspector does not list may be rated by ours. */
  readonly source: string;
}

/** The highest severity of the services at a port; of ports that no service is known by, informational. */
function ratingOf({ begin, end, protocol, category }: NetworkEvidence): Rated {
  const services = begin === end ? servicesAt(protocol === 'TCP' ? 'tcp' : 'udp', begin) : [];
  const [first] = services
    .map((service) => ({
      severity: category === 'internet' ? service.internet : service.neighbour,
      source: service.isOurs === true ? 'Harrier' : INSPECTOR,
    }))
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return first ?? { severity: 'INFORMATIONAL', source: INSPECTOR };
}

/** The widest way in, and the ports that it leads to. */
function widest(
  evidence: readonly NetworkEvidence[],
  isCalled: boolean,
  isDoubtful: boolean,
): { readonly reach: WidestReach | null; readonly path: string | null } {
  const byReach = Map.groupBy(evidence, reachOfPath);
  const reach = REACHES.find((one) => byReach.has(one));
  // Something that is not known could be a wider way, so that nothing narrower is claimed.
  if (isDoubtful && reach !== 'internet') return { reach: null, path: null };
  if (reach === undefined) return { reach: isCalled ? 'vpc' : 'isolated', path: null };
  return { reach, path: `${WAY_WORDS[reach]}, ${portsText(byReach.get(reach) ?? [])}` };
}

function portsText(of: readonly NetworkEvidence[]): string {
  const ranked = of.toSorted(
    (a, b) => SEVERITIES.indexOf(ratingOf(a).severity) - SEVERITIES.indexOf(ratingOf(b).severity) || a.begin - b.begin,
  );
  const texts = [...new Set(ranked.map(portsWord))];
  return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} and ${texts.length - 2} more` : texts.join(', ');
}
