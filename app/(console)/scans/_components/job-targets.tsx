'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Meter } from '@/components/ui/meter.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import type { JobTargetKind, JobTargets as Targets } from '@/lib/core/model/views.ts';

const POLL_MILLISECONDS = 2_000;
const KINDS = [
  { value: 'account', label: 'Account' },
  { value: 'region', label: 'Region' },
  { value: 'resource', label: 'Resource' },
] as const satisfies readonly { readonly value: JobTargetKind; readonly label: string }[];

/** What a job read, by where it is: first where most could not be read. Nothing where the job reads no resources. */
export function JobTargets({ jobId, isLive }: { readonly jobId: string; readonly isLive: boolean }) {
  const [by, setBy] = useState<JobTargetKind>('account');
  const { data, isError } = useQuery({
    // What a job ended with is asked for once more.
    queryKey: ['job-targets', jobId, by, isLive],
    queryFn: ({ signal }) => fetchTargets(jobId, by, signal),
    placeholderData: (previous) => previous,
    refetchInterval: isLive ? POLL_MILLISECONDS : false,
  });
  if (data === undefined) return isError ? <p className="panel-block text-fg-2">What it read did not load.</p> : null;
  if (data.groups === 0) return null;
  const others = data.groups - data.rows.length;
  const sum = (of: 'read' | 'failed'): number => data.rows.reduce((total, row) => total + row[of], 0);
  return (
    <section className="panel-block" aria-label="Targets">
      <div className="mb-1 flex items-center gap-2 text-12">
        <h3 className="font-semibold">Targets</h3>
        <span className="min-w-0 flex-1 truncate text-fg-3">{formatCounted(data.groups, by)}</span>
        <Segmented label="Targets by" value={by} options={KINDS} onChange={setBy} />
      </div>
      <ul className="job-targets">
        {data.rows.map((row) => (
          <Row key={row.id} {...row} title={row.id} />
        ))}
        {others > 0 ? (
          <Row
            name={formatCounted(others, `other ${by}`)}
            read={data.read - sum('read')}
            failed={data.failed - sum('failed')}
          />
        ) : null}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly read: number;
  readonly failed: number;
  readonly title?: string;
}

function Row({ name, read, failed, title }: RowProps) {
  return (
    <li>
      <bdi className="truncate font-medium" title={title}>
        {name}
      </bdi>
      <Meter share={read / Math.max(1, read + failed)} />
      <span className="num">
        {formatCount(read)} of {formatCount(read + failed)}
      </span>
      <span className={failed > 0 ? 'num text-danger' : 'num text-fg-3'}>
        {failed > 0 ? `${formatCount(failed)} not read` : 'read'}
      </span>
    </li>
  );
}

async function fetchTargets(jobId: string, by: JobTargetKind, signal: AbortSignal): Promise<Targets> {
  const answer = await fetch(`/api/jobs/${encodeURIComponent(jobId)}/targets?by=${by}`, { signal });
  if (!answer.ok) throw new Error(`the targets of a job answered ${answer.status}`);
  return (await answer.json()) as Targets;
}
