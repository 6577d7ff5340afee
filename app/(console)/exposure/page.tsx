import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { getExposure } from '@/lib/operations/console/get-exposure.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { ExposureHead } from './_components/exposure-head.tsx';
import { LaneView } from './_components/lane-view.tsx';
import { NothingReached } from './_components/nothing-reached.tsx';
import { PathPanel } from './_components/path-panel.tsx';
import { PathTable } from './_components/path-table.tsx';
import { PortTable } from './_components/port-table.tsx';
import { parseExposureSearch } from './search-params.ts';

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
  return (
    <>
      <ExposureHead search={search} view={view} />
      <div className="split-view [--panel-w:340px]">
        <div className="min-w-0 overflow-y-auto px-(--gutter) pb-6">
          {chosen === null ? (
            <NothingReached view={view} from={from} />
          ) : (
            <>
              <LaneView port={chosen} paths={view.paths} search={search} />
              <PortTable view={view} search={search} now={now} />
              <PathTable port={chosen} paths={view.paths} search={search} now={now} />
            </>
          )}
        </div>
        {path === null || chosen === null ? null : (
          <PathPanel
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
