import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ResourceKind } from '@/lib/core/model/resource.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { ResourceIcon } from '../resources/resource-icon.tsx';
import { Chip } from '../ui/chip.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { Due } from './due.tsx';

interface Props {
  readonly finding: FindingRow;
  readonly closedAt: Date | null;
  readonly now: Date;
  /** Address of a page in the reader's scope. */
  readonly scoped: (path: string) => string;
  readonly status: ReactNode;
  readonly owner: ReactNode;
  readonly columns?: 1 | 2;
}

const SCAN_WORDS: Readonly<Partial<Record<ResourceKind, string>>> = {
  ec2: 'EC2 scan',
  ecr: 'ECR scan',
  lambda: 'Lambda scan',
  host: 'Host scan',
  image: 'Image scan',
  function: 'Function scan',
  source: 'Source scan',
  sbom: 'SBOM',
};

export function FindingFacts({ finding, closedAt, now, scoped, status, owner, columns = 2 }: Props) {
  return (
    <>
      <dl
        className={`facts border-line border-b py-[7px] ${columns === 2 ? 'sm:grid-cols-[72px_minmax(0,1fr)_72px_minmax(0,1fr)]' : ''}`}
      >
        <dt>Status</dt>
        <dd>{status}</dd>
        <dt>Owner</dt>
        <dd className="min-w-0">{owner}</dd>
        <dt>Due</dt>
        <dd>
          <Due dueAt={finding.status === 'ACTIVE' ? finding.dueAt : null} now={now} />
        </dd>
        <dt>Source</dt>
        <dd className="truncate">{sourceOf(finding)}</dd>
        <dt>First seen</dt>
        <dd>
          <Timestamp time={finding.firstSeenAt} now={now} />
        </dd>
        <dt>{closedAt ? 'Fixed' : 'Last seen'}</dt>
        <dd>
          <Timestamp time={closedAt ?? finding.lastSeenAt} now={now} />
        </dd>
        {finding.snoozedUntil !== null && finding.snoozedUntil > now ? (
          <>
            <dt>Snoozed</dt>
            <dd>
              until <Timestamp time={finding.snoozedUntil} now={now} />
            </dd>
          </>
        ) : null}
      </dl>
      <div className="panel-block">
        <div className="flex min-w-0 items-center gap-2">
          <ResourceIcon kind={finding.resourceKind} size={15} />
          <Link
            href={scoped(`/resources/${encodeURIComponent(finding.resourceId)}`)}
            className="truncate font-medium hover:underline"
          >
            {finding.resourceName}
          </Link>
          <span className="flex-1" />
          {finding.sample ? <Chip kind="stale">Sample</Chip> : null}
          {finding.environment ? <Chip kind="plain">{finding.environment}</Chip> : null}
        </div>
        <div className="mt-[3px] ml-[23px] text-12 text-fg-3">
          {finding.accountName} <code>{finding.accountId}</code>, {finding.region}
        </div>
      </div>
    </>
  );
}

function sourceOf({ sources, resourceKind }: FindingRow): string {
  const own = (sources & 1) !== 0 ? [SCAN_WORDS[resourceKind] ?? 'Own scan'] : [];
  return [...own, ...((sources & 2) !== 0 ? ['Security Hub'] : [])].join(', ');
}
