import { ruleName } from '../../model/revoke-rule.ts';
import { type ChangedPorts, type Difference, tryChanges } from './change.ts';
import { toIngressRule } from './explain.ts';
import { type Intervals, inclusive, intervalsOf, subtract } from './intervals.ts';
import type { Way } from './opening.ts';
import { admittingRules, type Path } from './paths.ts';
import { portsBy, type Reach } from './reach.ts';
import type { GroupRule } from './topology.ts';

/** Rules to revoke so that the ports of a path are closed, and what else that closes. */
export interface Fix {
  readonly revokes: readonly GroupRule[];
  /** Ports of the same and of other interfaces that the change closes besides; nothing is opened by it. */
  readonly alsoCloses: readonly ChangedPorts[];
}

/** Proposes fixes for paths of a solved topology, each tried on the topology before it is told. */
export class Fixes {
  readonly #reach: Reach;
  readonly #tried = new Map<string, Difference>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  /** The fewest entries whose removal closes the path's ports: all that admit them. Null where removing none would. */
  of(path: Path): Fix | null {
    const { interface: to, ports } = path;
    const openings = this.#reach.of(to).openings.filter((opening) => isSameDoor(path, opening));
    const revokes = [...new Set(openings.flatMap((opening) => admittingRules(this.#reach.view, to, opening, ports)))];
    if (revokes.length === 0) return null;
    const { closed, opened } = this.try(revokes);
    const own = closed.filter((one) => one.interface === to.id && isSameDoor(path, one));
    const left = portsBy(openings, () => true);
    const gone = intervalsOf(
      own.flatMap((one) => one.ports.map(([first, last]): [number, number] => [first, last + 1])),
    );
    const wanted: Intervals = [ports[0], ports[1] + 1];
    const isClosed = subtract(subtract(wanted, subtract(wanted, left)), gone).length === 0;
    if (!isClosed || opened.length > 0) return null;
    return { revokes, alsoCloses: closed.flatMap((one) => besides(one, path)) };
  }

  /** What the removal of some rules closes and opens in the whole topology. */
  try(revokes: readonly GroupRule[]): Difference {
    const key = revokes
      .map((rule) => ruleName(toIngressRule(rule)))
      .toSorted()
      .join(' ');
    const changes = revokes.map((rule) => ({ kind: 'revoke', rule: toIngressRule(rule) }) as const);
    const tried = this.#tried.get(key) ?? tryChanges(this.#reach, changes);
    this.#tried.set(key, tried);
    return tried;
  }
}

/** From the internet a port is open directly or through a balancer alike; other ways are told apart by their gateway. */
function isSameDoor(path: Path, other: Way): boolean {
  if (path.family !== other.family || path.protocol !== other.protocol) return false;
  if (path.category === 'internet') return other.category === 'internet' || other.category === 'load-balancer';
  return path.category === other.category && path.via === other.via;
}

/** What of a change is not what the path asked for. */
function besides(one: ChangedPorts, path: Path): readonly ChangedPorts[] {
  if (one.interface !== path.interface.id || !isSameDoor(path, one)) return [one];
  const pairs = one.ports.map(([first, last]): [number, number] => [first, last + 1]);
  const ports = inclusive(subtract(intervalsOf(pairs), [path.ports[0], path.ports[1] + 1]));
  return ports.length === 0 ? [] : [{ ...one, ports }];
}
