import { DoorOpen, Globe, type LucideIcon, Network, Server, Shield } from 'lucide-react';
import Link from 'next/link';
import type { ExposedPath, ExposedPort } from '@/lib/core/model/exposure-view.ts';
import { drawLanes, edgePath, LANES, type LaneNode, NODE } from '../lanes.ts';
import { type ExposureSearch, exposureAddress } from '../search-params.ts';

const ICONS: readonly LucideIcon[] = [Globe, DoorOpen, Network, Shield, Server];

interface Props {
  readonly port: ExposedPort;
  readonly paths: readonly ExposedPath[];
  readonly search: ExposureSearch;
}

/** The paths to one port in lanes, source to target. The table below tells the same to who does not see it. */
export function LaneView({ port, paths, search }: Props) {
  const { nodes, edges, width, height } = drawLanes(paths);
  const isPicked = (through: readonly string[]): boolean => search.path !== null && through.includes(search.path);
  const sorted = edges.toSorted((a, b) => Number(isPicked(a.paths)) - Number(isPicked(b.paths)));
  return (
    <section className="lane-view max-sm:hidden" aria-label="Paths in lanes">
      <div className="lane-scroll">
        <div style={{ width }} className="relative mx-auto">
          <div className="lane-heads" aria-hidden="true">
            {LANES.map((name) => (
              <span key={name} style={{ width: NODE.width }}>
                {name}
              </span>
            ))}
          </div>
          <div style={{ width, height }} className="relative">
            <svg width={width} height={height} className="absolute inset-0" aria-hidden="true">
              <title>Paths</title>
              <defs>
                <marker
                  id="lane-arrow"
                  viewBox="0 0 8 8"
                  refX="7"
                  refY="4"
                  markerWidth="7"
                  markerHeight="7"
                  orient="auto"
                >
                  <path d="M1 1 7 4 1 7" fill="none" stroke="context-stroke" strokeWidth="1.2" />
                </marker>
              </defs>
              {sorted.map((edge) => (
                <path
                  key={`${edge.from.id} ${edge.to.id}`}
                  d={edgePath(edge)}
                  className={isPicked(edge.paths) ? 'lane-edge lane-edge-picked' : 'lane-edge'}
                  markerEnd="url(#lane-arrow)"
                />
              ))}
            </svg>
            {nodes.map((node) => (
              <Box key={node.id} node={node} port={port} search={search} isPicked={isPicked(node.paths)} />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

interface BoxProps {
  readonly node: LaneNode;
  readonly port: ExposedPort;
  readonly search: ExposureSearch;
  readonly isPicked: boolean;
}

function Box({ node, port, search, isPicked }: BoxProps) {
  const Icon = ICONS[node.lane] ?? Server;
  const style = { left: node.x, top: node.y, width: NODE.width, height: NODE.height };
  const [first] = node.paths;
  const href = exposureAddress(search.kept, { from: search.from, port: port.id, path: first ?? null });
  return (
    <Link
      href={node.targets > 1 && node.lane === 4 ? '#paths' : href}
      prefetch={false}
      scroll={node.targets > 1 && node.lane === 4}
      style={style}
      title={node.title}
      className={isPicked ? 'lane-node lane-node-picked' : 'lane-node'}
    >
      <Icon size={14} strokeWidth={1.6} className="shrink-0 text-fg-3" aria-hidden="true" />
      <span className="min-w-0">
        <bdi className="block truncate font-medium text-12">{node.title}</bdi>
        <span className="block truncate text-11 text-fg-3">{node.detail}</span>
      </span>
    </Link>
  );
}
