import { balancerWord } from '@/components/exposure/path-facts.ts';
import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';

export const LANES = ['Source', 'Gateway', 'Subnet', 'Security group', 'Target'] as const;

/** A box in a lane. */
export interface LaneNode {
  readonly id: string;
  readonly lane: number;
  readonly title: string;
  readonly detail: string;
  /** Ids of the paths through it. */
  readonly paths: readonly string[];
  /** How many targets it stands for; 1 unless they are many. */
  readonly targets: number;
  /** Pixels from the top left corner of the drawing. */
  readonly x: number;
  readonly y: number;
}

interface LaneEdge {
  readonly from: LaneNode;
  readonly to: LaneNode;
  readonly paths: readonly string[];
}

interface LaneDrawing {
  readonly nodes: readonly LaneNode[];
  readonly edges: readonly LaneEdge[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 140, height: 48 } as const;
const GAP = { x: 36, y: 14 } as const;
/** More targets behind the same groups are one box. */
const BUNDLE = 30;
const SWEEPS = 4;

interface Draft {
  readonly lane: number;
  readonly title: string;
  readonly detail: string;
  readonly paths: Set<string>;
  readonly targets: Set<string>;
  /** Place in its lane while it is being ordered. */
  row: number;
}

/** Paths as boxes in five lanes from source to target, ordered so that few lines cross: each box near the mean of those it is joined to. */
export function drawLanes(paths: readonly ExposedPath[]): LaneDrawing {
  const drafts = new Map<string, Draft>();
  const links = new Map<string, { readonly from: string; readonly to: string; readonly paths: Set<string> }>();
  const bundled = bundlesOf(paths);
  for (const path of paths) {
    for (const chain of chainsOf(path, bundled)) {
      for (const [at, stop] of chain.entries()) {
        const draft = drafts.get(stop.id) ?? { ...stop, paths: new Set<string>(), targets: new Set<string>(), row: 0 };
        drafts.set(stop.id, draft);
        draft.paths.add(path.id);
        draft.targets.add(path.resourceId);
        const before = chain[at - 1];
        if (before === undefined) continue;
        const key = `${before.id} ${stop.id}`;
        const link = links.get(key) ?? { from: before.id, to: stop.id, paths: new Set<string>() };
        links.set(key, link);
        link.paths.add(path.id);
      }
    }
  }
  const lanes = orderedLanes(drafts, [...links.values()]);
  return placed(lanes, drafts, [...links.values()]);
}

interface Stop {
  readonly id: string;
  readonly lane: number;
  readonly title: string;
  readonly detail: string;
}

const SOURCES = {
  internet: 'Internet',
  conditional: 'Internet',
  peer: 'Peered VPC',
  vgw: 'VPN',
  tgw: 'Transit gateway',
} as const;
const GATEWAYS = {
  internet: 'Internet gateway',
  conditional: 'By an appliance',
  peer: 'Peering',
  vgw: 'VPN gateway',
  tgw: 'Transit gateway',
} as const;

/** Security groups that admit a path, by their hops. */
function groupsOf({ network }: ExposedPath): readonly string[] {
  return network.hops.filter(({ type }) => type.endsWith('::SecurityGroup')).map(({ id }) => id);
}

/** Groups in a subnet behind which there are too many targets to draw each. */
function bundlesOf(paths: readonly ExposedPath[]): ReadonlySet<string> {
  const behind = Map.groupBy(paths, bundleKey);
  const isLarge = (some: readonly ExposedPath[]): boolean =>
    new Set(some.map(({ resourceId }) => resourceId)).size > BUNDLE;
  return new Set([...behind].filter(([, some]) => isLarge(some)).map(([key]) => key));
}

function bundleKey(path: ExposedPath): string {
  return groupsOf(path).join();
}

/** The stops of a path; one that several groups admit goes through each of them. */
function chainsOf(path: ExposedPath, bundled: ReadonlySet<string>): readonly (readonly Stop[])[] {
  const { network } = path;
  const { category, via, subnetId, subnetName } = network;
  const ports = portsWord(network);
  // Lists before the gateway are those of the source.
  const behind = network.hops.slice(network.hops.findIndex(({ id }) => id === via) + 1);
  const list = behind.findLast(({ type }) => type.endsWith('::NetworkAcl'))?.because ?? '';
  const rule = /rule (\d+)/.exec(list)?.[1];
  const balancer = balancerWord(network);
  const start: readonly Stop[] = [
    {
      id: `source ${category}`,
      lane: 0,
      title: SOURCES[category],
      detail: network.isWorld ? 'any address' : `${network.sourceBlocks[0] ?? 'some addresses'}`,
    },
    { id: via, lane: 1, title: balancer ?? via, detail: balancer === null ? GATEWAYS[category] : 'Load balancer' },
    {
      id: subnetId,
      lane: 2,
      title: subnetName || subnetId,
      detail: rule === undefined ? 'Subnet' : `NACL ${rule} allows`,
    },
  ];
  const key = bundleKey(path);
  const target: Stop = bundled.has(key)
    ? { id: `targets ${key}`, lane: 4, title: '', detail: ports }
    : { id: `target ${path.resourceId}`, lane: 4, title: path.resourceName, detail: ports };
  const groups = groupsOf(path);
  if (groups.length === 0) return [[...start, target]];
  return groups.map((id) => [
    ...start,
    { id, lane: 3, title: id, detail: `${ports}, ${network.isWorld ? 'any source' : 'some sources'}` },
    target,
  ]);
}

function orderedLanes(
  drafts: ReadonlyMap<string, Draft>,
  links: readonly { readonly from: string; readonly to: string }[],
): readonly (readonly string[])[] {
  const before = Map.groupBy(links, ({ to }) => to);
  const after = Map.groupBy(links, ({ from }) => from);
  const lanes = LANES.map((_, lane) => [...drafts].filter(([, draft]) => draft.lane === lane).map(([id]) => id));
  const rowOf = (id: string): number => drafts.get(id)?.row ?? 0;
  const settle = (ids: readonly string[]): void => {
    for (const [row, id] of ids.entries()) {
      const draft = drafts.get(id);
      if (draft !== undefined) draft.row = row;
    }
  };
  for (const lane of lanes) settle(lane);
  const sortBy = (lane: string[], joined: (id: string) => readonly string[]): void => {
    const weights = new Map(
      lane.map((id) => {
        const others = joined(id);
        const mean =
          others.length === 0 ? rowOf(id) : others.reduce((sum, other) => sum + rowOf(other), 0) / others.length;
        return [id, mean] as const;
      }),
    );
    lane.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0) || rowOf(a) - rowOf(b));
    settle(lane);
  };
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const lane of lanes.slice(1)) sortBy(lane, (id) => (before.get(id) ?? []).map(({ from }) => from));
    for (const lane of lanes.slice(0, -1).toReversed()) sortBy(lane, (id) => (after.get(id) ?? []).map(({ to }) => to));
  }
  return lanes;
}

function placed(
  lanes: readonly (readonly string[])[],
  drafts: ReadonlyMap<string, Draft>,
  links: readonly { readonly from: string; readonly to: string; readonly paths: ReadonlySet<string> }[],
): LaneDrawing {
  const rows = Math.max(0, ...lanes.map((lane) => lane.length));
  const pitch = NODE.height + GAP.y;
  const height = Math.max(0, rows * pitch - GAP.y);
  const nodes = new Map<string, LaneNode>();
  for (const [lane, ids] of lanes.entries()) {
    const top = (height - (ids.length * pitch - GAP.y)) / 2;
    for (const [row, id] of ids.entries()) {
      const draft = drafts.get(id);
      if (draft === undefined) continue;
      const { detail, paths, targets } = draft;
      const title = draft.title || `${targets.size} instances`;
      const place = { x: lane * (NODE.width + GAP.x), y: top + row * pitch };
      nodes.set(id, { id, lane, title, detail, paths: [...paths], targets: targets.size, ...place });
    }
  }
  const edges = links.flatMap(({ from, to, paths }): readonly LaneEdge[] => {
    const [first, second] = [nodes.get(from), nodes.get(to)];
    return first === undefined || second === undefined ? [] : [{ from: first, to: second, paths: [...paths] }];
  });
  const width = LANES.length * (NODE.width + GAP.x) - GAP.x;
  return { nodes: [...nodes.values()], edges, width, height };
}

/** A line from the right of one box to the left of another: straight, or bent twice with round corners. */
export function edgePath({ from, to }: LaneEdge): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  if (Math.abs(y1 - y2) < 1) return `M${x1} ${y1}H${x2}`;
  const middle = x2 - GAP.x / 2;
  const radius = Math.min(8, Math.abs(y2 - y1) / 2);
  const down = y2 > y1 ? 1 : -1;
  return [
    `M${x1} ${y1}`,
    `H${middle - radius}`,
    `Q${middle} ${y1} ${middle} ${y1 + down * radius}`,
    `V${y2 - down * radius}`,
    `Q${middle} ${y2} ${middle + radius} ${y2}`,
    `H${x2}`,
  ].join('');
}
