import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import type { BlockedExposure } from '@/lib/operations/network/get-blocked-paths.ts';
import { blockedChain, bundlesOf, chainsOf, type Stop } from './lane-stops.ts';

export const LANES = ['Source', 'Gateway', 'Subnet', 'Security group', 'Target'] as const;

/** A box in a lane. */
export interface LaneNode {
  readonly id: string;
  readonly lane: number;
  readonly title: string;
  readonly detail: string;
  /** Ids of the open paths through it; none where all are blocked. */
  readonly paths: readonly string[];
  /** The resource of a target of blocked paths alone; null for every other. */
  readonly blockedResource: string | null;
  /** The highest score of what is behind; null where none is known, and before the last lane. */
  readonly score: number | null;
  /** How many targets it stands for; 1 unless they are many. */
  readonly targets: number;
  /** Pixels from the top left corner of the drawing. */
  readonly x: number;
  readonly y: number;
}

interface LaneEdge {
  readonly from: LaneNode;
  readonly to: LaneNode;
  /** Open paths; a line without any is blocked, here or further on. */
  readonly paths: readonly string[];
  /** What lies before it lets somebody in, and what follows does not. */
  readonly isCut: boolean;
}

interface LaneDrawing {
  readonly nodes: readonly LaneNode[];
  readonly edges: readonly LaneEdge[];
  readonly width: number;
  readonly height: number;
  readonly nodeWidth: number;
}

/** Width of a box beside an open panel, and without one; and the height of each. */
export const NODE = { narrow: 140, wide: 176, height: 48 } as const;
const GAP = { x: 36, y: 14 } as const;
const SWEEPS = 4;
/** Blocked paths that are drawn; the table tells all. */
const BLOCKED_DRAWN = 6;

interface Draft {
  readonly lane: number;
  readonly title: string;
  readonly detail: string;
  readonly paths: Set<string>;
  readonly targets: Set<string>;
  blockedResource: string | null;
  score: number | null;
  /** Place in its lane while it is being ordered. */
  row: number;
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly paths: Set<string>;
  isCut: boolean;
}

/** Paths as boxes in five lanes from source to target, ordered so that few lines cross: each box near the mean of those it is joined to. */
export function drawLanes(
  paths: readonly ExposedPath[],
  blocked: readonly BlockedExposure[] = [],
  nodeWidth: number = NODE.narrow,
): LaneDrawing {
  const drafts = new Map<string, Draft>();
  const links = new Map<string, Link>();
  const bundled = bundlesOf(paths);
  for (const path of paths) {
    for (const chain of chainsOf(path, bundled)) {
      addChain(drafts, links, chain);
      for (const [at, { id }] of chain.entries()) {
        const draft = drafts.get(id);
        draft?.paths.add(path.id);
        draft?.targets.add(path.resourceId);
        if (draft?.lane === LANES.length - 1) draft.score = Math.max(draft.score ?? 0, path.score ?? 0) || draft.score;
        links.get(`${chain[at - 1]?.id} ${id}`)?.paths.add(path.id);
      }
    }
  }
  const [first] = paths;
  if (first !== undefined) {
    for (const one of blocked.slice(0, BLOCKED_DRAWN)) addBlocked(drafts, links, one, portsWord(first.network));
  }
  const lanes = orderedLanes(drafts, [...links.values()]);
  return placed(lanes, drafts, [...links.values()], nodeWidth);
}

function addChain(drafts: Map<string, Draft>, links: Map<string, Link>, chain: readonly Stop[]): void {
  for (const [at, stop] of chain.entries()) {
    if (!drafts.has(stop.id)) {
      const empty = {
        paths: new Set<string>(),
        targets: new Set<string>(),
        blockedResource: null,
        score: null,
        row: 0,
      };
      drafts.set(stop.id, { ...stop, ...empty });
    }
    const before = chain[at - 1];
    const key = `${before?.id} ${stop.id}`;
    if (before !== undefined && !links.has(key)) {
      links.set(key, { from: before.id, to: stop.id, paths: new Set(), isCut: false });
    }
  }
}

/** A path that is blocked at one of its stops: the line into that stop is cut. */
function addBlocked(drafts: Map<string, Draft>, links: Map<string, Link>, one: BlockedExposure, ports: string): void {
  const { chain, cut } = blockedChain(one, ports);
  addChain(drafts, links, chain);
  const target = drafts.get(chain.at(-1)?.id ?? '');
  if (target !== undefined && target.paths.size === 0) target.blockedResource = one.resourceId;
  const at = chain.findIndex((stop) => stop.lane >= cut);
  const link = links.get(`${chain[at - 1]?.id} ${chain[at]?.id}`);
  if (link !== undefined) link.isCut = true;
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
  links: readonly Link[],
  nodeWidth: number,
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
      const { detail, paths, targets, score, blockedResource } = draft;
      const title = draft.title || `${targets.size} instances`;
      const place = { x: lane * (nodeWidth + GAP.x), y: top + row * pitch };
      nodes.set(id, {
        id,
        lane,
        title,
        detail,
        score,
        blockedResource,
        paths: [...paths],
        targets: targets.size,
        ...place,
      });
    }
  }
  const edges = links.flatMap(({ from, to, paths, isCut }): readonly LaneEdge[] => {
    const [first, second] = [nodes.get(from), nodes.get(to)];
    return first === undefined || second === undefined ? [] : [{ from: first, to: second, paths: [...paths], isCut }];
  });
  const width = LANES.length * (nodeWidth + GAP.x) - GAP.x;
  return { nodes: [...nodes.values()], edges, width, height, nodeWidth };
}

/** A line from the right of one box to the left of another: straight, or bent twice with round corners. */
export function edgePath({ from, to }: LaneEdge, nodeWidth: number): string {
  const [x1, y1] = [from.x + nodeWidth, from.y + NODE.height / 2];
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

/** Where a line is marked as cut: in the middle of its upright part, or of the whole. */
export function cutPoint({ from, to }: LaneEdge): { readonly x: number; readonly y: number } {
  const y = (from.y + to.y + NODE.height) / 2;
  return { x: to.x - GAP.x / 2, y };
}
