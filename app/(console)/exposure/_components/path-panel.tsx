import Link from 'next/link';
import { Suspense } from 'react';
import { ClosePath } from '@/components/exposure/close-path.tsx';
import { HopList } from '@/components/exposure/hop-list.tsx';
import { fromWord, sourcesWord } from '@/components/exposure/path-facts.ts';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { ExposedPath, ExposedPort } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import { type ExposureSearch, exposureAddress, type TriedPlace } from '../search-params.ts';
import { Intended } from './intended.tsx';
import { Listeners } from './listeners.tsx';
import { OnwardList } from './onward-list.tsx';
import { PanelClose } from './panel-close.tsx';
import { PathCuts } from './path-cuts.tsx';

interface Props {
  readonly path: ExposedPath;
  readonly at: number;
  readonly of: number;
  readonly port: ExposedPort;
  readonly search: ExposureSearch;
  readonly now: Date;
}

/** One path hop by hop, and what closes it. */
export function PathPanel({ path, at, of, port, search, now }: Props) {
  const { network, resourceName, severity, score } = path;
  return (
    <aside className="panel" aria-label="Path">
      <div className="px-5 pt-4 pb-2">
        <div className="flex items-center gap-2 text-12 text-fg-3">
          <span className="flex-1">
            Path {at} of {of}, {portsWord(network)}
          </span>
          <PanelClose href={exposureAddress(search.kept, { from: search.from, port: port.id })} />
        </div>
        <h2 className="break-words font-semibold text-16">
          {search.from === 'internet' ? 'Internet' : 'Neighbours'} to <bdi>{resourceName}</bdi>
        </h2>
        <div className="mt-1.5 flex items-center gap-1.5">
          <SeverityBadge severity={severity} />
          {score === null ? null : <span className="font-medium">{score.toFixed(1)}</span>}
          <Link prefetch={false} href={`/findings/${path.id}`} className="ml-auto text-12 text-accent hover:underline">
            Open the finding
          </Link>
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        <section className="panel-block">
          <h3>
            Evidence{' '}
            <span>
              open since <Timestamp time={path.openedAt} now={now} />
            </span>
          </h3>
          <p className="mb-2 text-fg-2">
            From {fromWord(network)}: {sourcesWord(network)} may call.
          </p>
          <HopList hops={network.hops} />
          <Suspense>
            <Listeners id={path.id} />
          </Suspense>
        </section>
        <Suspense>
          <Intended path={path} now={now} />
        </Suspense>
        <section className="panel-block">
          <h3>Break the path</h3>
          <Suspense fallback={<ClosePath network={network} region={path.region} />}>
            <PathCuts path={path} />
          </Suspense>
          <p className="mt-2 text-12">
            <Link
              href={exposureAddress(search.kept, { ...search, tried: triedAt(path) })}
              className="text-accent hover:underline"
              prefetch={false}
              scroll={false}
            >
              Try another change of its rules
            </Link>
          </p>
        </section>
        <Suspense>
          <OnwardList id={path.id} />
        </Suspense>
      </div>
    </aside>
  );
}

function triedAt({ accountId, region, network }: ExposedPath): TriedPlace {
  return { accountId, region, groupId: network.revokes[0]?.groupId ?? '' };
}
