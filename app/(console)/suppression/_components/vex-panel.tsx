'use client';

import { useQuery } from '@tanstack/react-query';
import { formatCount } from '@/components/format/format-count.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { CommandBlock } from '@/components/ui/command-block.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { VexHidden, VexRule } from '@/lib/core/model/suppression.ts';
import { PanelHead } from './panel-head.tsx';
import { VEX_WORDS } from './vex-words.ts';

interface Props {
  readonly rule: VexRule;
  readonly now: Date;
  readonly onClose: () => void;
}

/** One supplier's statement and the packages that it is about. */
export function VexPanel({ rule, now, onClose }: Props) {
  const hidden = useQuery({
    queryKey: ['vex-hidden', rule.id],
    queryFn: ({ signal }) => fetchHidden(rule.id, signal),
  });
  return (
    <aside className="panel" aria-label="Supplier's statement">
      <PanelHead title={rule.name} onClose={onClose}>
        <Chip>{VEX_WORDS[rule.status]}</Chip>
      </PanelHead>
      <div className="min-h-0 overflow-y-auto px-5 pb-5">
        <section className="panel-block mt-2">
          <h3>Statement</h3>
          <dl className="facts">
            <dt>Source</dt>
            <dd className="[overflow-wrap:anywhere]">{rule.source}</dd>
            <dt>Reason</dt>
            <dd className="[overflow-wrap:anywhere]">{rule.reason || 'The document gives none.'}</dd>
            <dt>Said</dt>
            <dd>{rule.saidAt === null ? 'not told' : <Timestamp time={rule.saidAt} now={now} />}</dd>
            <dt>In use since</dt>
            <dd>
              <Timestamp time={rule.firstUsedAt} now={now} />
            </dd>
          </dl>
          <div className="mt-2">
            <CommandBlock command={rule.product} />
          </div>
          <p className="mt-2 text-12 text-fg-3">
            It is read-only here: it ends when the document is taken away or says something else.
          </p>
        </section>
        <section className="panel-block">
          <h3>
            Kept out of the findings <span>{formatCount(rule.hidden)}</span>
          </h3>
          {hidden.isPending ? <Skeleton width="80%" height={10} /> : null}
          {hidden.isError ? (
            <ErrorState
              title="The packages did not load"
              message="The statement above is right."
              onRetry={() => void hidden.refetch()}
            />
          ) : null}
          <ul>
            {hidden.data?.map((row) => (
              <li key={`${row.resource} ${row.vulnerability} ${row.purl}`} className="border-line border-b py-1.5">
                <div className="truncate" title={row.resource}>
                  {row.vulnerability} on {row.resourceName}
                </div>
                <code className="block truncate text-fg-3" title={row.purl}>
                  {row.purl}
                </code>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </aside>
  );
}

async function fetchHidden(id: string, signal: AbortSignal): Promise<readonly VexHidden[]> {
  const answer = await fetch(`/api/suppression/vex?id=${encodeURIComponent(id)}`, { signal });
  if (!answer.ok) throw new Error(`statement answered ${answer.status}`);
  return ((await answer.json()) as { readonly rows: readonly VexHidden[] }).rows;
}
