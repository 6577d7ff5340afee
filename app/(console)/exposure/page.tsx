import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Suspense } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import type { SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { DoubtList } from '@/components/ui/doubt-list.tsx';
import type { ExposedPath, ExposedPort, ExposureView } from '@/lib/core/model/exposure-view.ts';
import { getExposure } from '@/lib/operations/console/get-exposure.ts';
import { type BlockedExposure, getBlockedPaths } from '@/lib/operations/network/get-blocked-paths.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { BlockedTable } from './_components/blocked-table.tsx';
import { ExposureHead } from './_components/exposure-head.tsx';
import { LaneView } from './_components/lane-view.tsx';
import { NothingReached } from './_components/nothing-reached.tsx';
import { PathPanel } from './_components/path-panel.tsx';
import { PathTable } from './_components/path-table.tsx';
import { PortTable } from './_components/port-table.tsx';
import { TryPanel } from './_components/try-panel.tsx';
import { type ExposureSearch, parseExposureSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Exposure' };

export default async function ExposurePage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const search = parseExposureSearch(await searchParams);
  const { scope, from, port } = search;
  const result = await settle(ask(getExposure, { scope, from, port }), 'Exposure');
  if (!result.ok) {
    return (
      <>
        <ExposureHead search={search} view={null} />
        <div className="max-w-[640px] px-(--gutter) pt-4">
          <ErrorState title="Exposure did not load" message={result.message} />
        </div>
      </>
    );
  }
  const view = result.value;
  const now = new Date();
  const path = view.paths.find(({ id }) => id === search.path) ?? null;
  const chosen = view.ports.find(({ id }) => id === view.port) ?? null;
  const lanes = chosen === null ? null : { port: chosen, paths: view.paths, search };
  const blocked = chosen === null ? null : blockedAt(search, chosen.id);
  return (
    <>
      <ExposureHead search={search} view={view} />
      <div className="split-view [--panel-w:340px]">
        <div className="min-w-0 overflow-y-auto px-(--gutter) pb-6">
          <DoubtList doubts={view.doubts.map(doubtWord)} />
          {lanes === null || blocked === null ? (
            <NothingReached view={view} from={from} />
          ) : (
            <>
              <Suspense fallback={<div className="lane-view h-[46vh] max-sm:hidden" />}>
                <LanesWithBlocked {...lanes} blocked={blocked} />
              </Suspense>
              <PortTable view={view} search={search} now={now} />
              <PathTable {...lanes} now={now} />
              <Suspense>
                <BlockedPaths {...lanes} blocked={blocked} />
              </Suspense>
            </>
          )}
        </div>
        {search.tried === null ? null : <TryPanel search={search} place={search.tried} />}
        {path === null || chosen === null || search.tried !== null ? null : (
          // A panel of its own for each path: what is worked out for one is not waited for by the next.
          <PathPanel
            key={path.id}
            path={path}
            at={view.paths.indexOf(path) + 1}
            of={view.paths.length}
            port={chosen}
            search={search}
            now={now}
          />
        )}
      </div>
    </>
  );
}

const doubtWord = ({ reason, instances }: ExposureView['doubts'][number]): string =>
  `${formatCounted(instances, 'instance')}: ${reason}`;

/** Instances beside that one thing alone keeps shut; their networks are solved for it, and the page does not wait. */
async function blockedAt({ scope }: ExposureSearch, port: string): Promise<readonly BlockedExposure[]> {
  const result = await settle(ask(getBlockedPaths, { scope, port }), 'Blocked paths');
  return result.ok ? result.value : [];
}

interface LanesProps {
  readonly port: ExposedPort;
  readonly paths: readonly ExposedPath[];
  readonly search: ExposureSearch;
  readonly blocked: Promise<readonly BlockedExposure[]>;
}

async function LanesWithBlocked({ blocked, ...lanes }: LanesProps) {
  return <LaneView {...lanes} blocked={await blocked} />;
}

async function BlockedPaths({ blocked, port }: LanesProps) {
  return <BlockedTable blocked={await blocked} port={port} />;
}
