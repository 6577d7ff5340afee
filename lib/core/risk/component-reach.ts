import { portsWord } from '../model/network.ts';
import { type OpenRange, REACHES, type Reach, type ResourceFacts } from '../model/resource-facts.ts';
import { wordList } from '../model/word-list.ts';
import { WAY_WORDS } from '../scan/network/open-ports.ts';
import { rangesOf, servicesAt } from '../scan/network/services.ts';
import { type Listener, listenerOf, type NamedPackage } from './listeners.ts';

/** The widest way to what has a flaw. */
export interface ComponentReach {
  readonly reach: Reach | null;
  /** The way in words; null where only its kind is known. */
  readonly path: string | null;
}

/**
 * The widest way to some packages of a resource: by the ports at which their server listens by default, and by those of no
 * known service, where it may have been set up to listen. Where it is not known which server that is, or which ports are
 * open, it is the widest way to the resource, and never a wider one.
 */
export function componentReach(
  { reach, path, ports }: Pick<ResourceFacts, 'reach' | 'path' | 'ports'>,
  packages: readonly NamedPackage[],
): ComponentReach {
  const whole = { reach, path };
  if (reach === null || ports === null || ports.length === 0) return whole;
  const listener = listenerOf(packages);
  if (listener === null) return whole;
  const doors = ports.flatMap((range) => doorsOf(listener, range));
  const widest = REACHES.find((one) => doors.some((door) => door.reach === one));
  if (widest === undefined) return { reach: reach === 'isolated' ? reach : 'vpc', path: shutWords(listener) };
  if (REACHES.indexOf(widest) < REACHES.indexOf(reach)) return whole;
  const there = doors.filter((door) => door.reach === widest);
  return { reach: widest, path: openWords(listener, widest, there) };
}

/** An open port, or a range, where a server listens or may. */
interface Door extends OpenRange {
  readonly isDefault: boolean;
}

function doorsOf(listener: Listener, { protocol, begin, end, reach }: OpenRange): readonly Door[] {
  const own = listener[protocol];
  if (own === undefined) return [];
  const usual = own.filter((port) => begin <= port && port <= end);
  const rest = rangesOf(protocol, [[begin, end]]).filter(
    ([first, last]) => first < last || (servicesAt(protocol, first).length === 0 && !own.includes(first)),
  );
  return [
    ...usual.map((port) => ({ protocol, begin: port, end: port, reach, isDefault: true })),
    ...rest.map(([first, last]) => ({ protocol, begin: first, end: last, reach, isDefault: false })),
  ];
}

function openWords({ name }: Listener, reach: Reach, doors: readonly Door[]): string {
  const usual = doors.filter(({ isDefault }) => isDefault);
  return usual.length > 0
    ? `${WAY_WORDS[reach]}, ${listed(usual)}, where ${name} listens by default`
    : `${WAY_WORDS[reach]}, ${listed(doors)}; ${name} may listen there`;
}

function shutWords({ name, tcp = [], udp = [] }: Listener): string {
  const ports = [
    ...tcp.map((port) => ({ protocol: 'tcp', begin: port, end: port })),
    ...udp.map((port) => ({ protocol: 'udp', begin: port, end: port })),
  ];
  return `${name} listens at ${listed(ports)}, which nobody outside reaches`;
}

const LISTED_MAX = 3;

/** `80/tcp`, `80/tcp and 443/tcp`, or the first of more. */
function listed(ports: readonly Parameters<typeof portsWord>[0][]): string {
  const words = [...new Set(ports.map(portsWord))];
  if (words.length <= LISTED_MAX) return wordList(words);
  const shown = words.slice(0, LISTED_MAX - 1);
  return wordList([shown.join(', '), `${words.length - shown.length} more`]);
}
