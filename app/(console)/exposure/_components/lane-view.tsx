import { DoorOpen, Globe, type LucideIcon, Network, Server, Shield } from 'lucide-react';
import Link from 'next/link';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import type { ExposedPath, ExposedPort } from '@/lib/core/model/exposure-view.ts';
import type { BlockedExposure } from '@/lib/operations/network/get-blocked-paths.ts';
import { cutPoint, drawLanes, edgePath, LANES, type LaneNode, NODE } from '../lanes.ts';
import { type ExposureSearch, exposureAddress } from '../search-params.ts';
import { LaneStage } from './lane-stage.tsx';

const ICONS: readonly LucideIcon[] = [Globe, DoorOpen, Network, Shield, Server];
const TARGETS = LANES.length - 1;

interface Props {
  readonly port: ExposedPort;
  readonly paths: readonly ExposedPath[];
  readonly blocked: readonly BlockedExposure[];
  readonly search: ExposureSearch;
}

/** The paths to one port in lanes, source to target. The tables below tell the same to who does not see it. */
export function LaneView({ port, paths, blocked, search }: Props) {
  const isPicked = (through: readonly string[]): boolean => search.path !== null && through.includes(search.path);
  const isBesidePanel = search.path !== null || search.tried !== null;
  const drawing = drawLanes(paths, blocked, isBesidePanel ? NODE.narrow : NODE.wide);
  const { nodes, edges, width, height, nodeWidth } = drawing;
  const picked = nodes.find((node) => node.lane === TARGETS && isPicked(node.paths)) ?? null;
  const sorted = edges.toSorted((a, b) => Number(isPicked(a.paths)) - Number(isPicked(b.paths)));
  const look = (through: readonly string[]): string =>
    through.length === 0 ? 'lane-edge lane-edge-blocked' : `lane-edge${isPicked(through) ? ' lane-edge-picked' : ''}`;
  return (
    <LaneStage
      width={width}
      height={height}
      nodeWidth={nodeWidth}
      heads={LANES}
      hasBlocked={blocked.length > 0}
      middle={picked === null ? height / 2 : picked.y + NODE.height / 2}
    >
      <svg width={width} height={height} className="absolute inset-0" aria-hidden="true">
        <title>Paths</title>
        <defs>
          <marker id="lane-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M1 1 7 4 1 7" fill="none" stroke="context-stroke" strokeWidth="1.2" />
          </marker>
        </defs>
        {sorted.map((edge) => (
          <path
            key={`${edge.from.id} ${edge.to.id}`}
            d={edgePath(edge, nodeWidth)}
            className={look(edge.paths)}
            markerEnd="url(#lane-arrow)"
          />
        ))}
        {edges
          .filter(({ isCut, paths: open }) => isCut && open.length === 0)
          .map((edge) => {
            const { x, y } = cutPoint(edge);
            return (
              <g key={`cut ${edge.from.id} ${edge.to.id}`} className="lane-cut" transform={`translate(${x} ${y})`}>
                <circle r="7.5" />
                <path d="M-3-3 3 3M3-3-3 3" />
              </g>
            );
          })}
      </svg>
      {nodes.map((node) => (
        <Box key={node.id} node={node} width={nodeWidth} port={port} search={search} isPicked={isPicked(node.paths)} />
      ))}
    </LaneStage>
  );
}

interface BoxProps {
  readonly node: LaneNode;
  readonly width: number;
  readonly port: ExposedPort;
  readonly search: ExposureSearch;
  readonly isPicked: boolean;
}

function Box({ node, width, port, search, isPicked }: BoxProps) {
  const style = { left: node.x, top: node.y, width, height: NODE.height };
  const [first] = node.paths;
  const look = { style, title: node.title, className: isPicked ? 'lane-node lane-node-picked' : 'lane-node' };
  if (first === undefined) {
    const href = `/resources/${encodeURIComponent(node.blockedResource ?? '')}`;
    const blocked = { ...look, className: 'lane-node lane-node-blocked' };
    return node.blockedResource === null ? (
      <div {...blocked}>
        <Words node={node} severity={null} />
      </div>
    ) : (
      <Link href={href} prefetch={false} data-lane={node.lane} {...blocked}>
        <Words node={node} severity={null} />
      </Link>
    );
  }
  const isBundle = node.targets > 1 && node.lane === TARGETS;
  const href = exposureAddress(search.kept, { from: search.from, port: port.id, path: first });
  return (
    <Link href={isBundle ? '#paths' : href} prefetch={false} scroll={isBundle} data-lane={node.lane} {...look}>
      <Words node={node} severity={port.severity} />
    </Link>
  );
}

function Words({ node, severity }: { readonly node: LaneNode; readonly severity: ExposedPort['severity'] | null }) {
  const Icon = ICONS[node.lane] ?? Server;
  return (
    <>
      <Icon size={14} strokeWidth={1.6} className="shrink-0 text-fg-3" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium text-12">{node.title}</bdi>
        <span className="flex items-center gap-1 text-11 text-fg-3">
          <span className="min-w-0 flex-1 truncate">{node.detail}</span>
          {severity === null || node.score === null ? null : (
            <>
              <SeverityGlyph severity={severity} />
              <span className="font-medium text-fg-2">{node.score.toFixed(1)}</span>
            </>
          )}
        </span>
      </span>
    </>
  );
}
