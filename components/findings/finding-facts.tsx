import Link from 'next/link';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { ResourceIcon } from '../resources/resource-icon.tsx';
import { Chip } from '../ui/chip.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { Due } from './due.tsx';
import { STATUS_WORDS, TYPE_WORDS } from './status-words.ts';

interface Props {
  readonly finding: FindingDetail;
  readonly now: Date;
  /** Address of a page in the reader's scope. */
  readonly scoped: (path: string) => string;
  readonly columns?: 1 | 2;
}

export function FindingFacts({ finding, now, scoped, columns = 2 }: Props) {
  return (
    <>
      <dl
        className={`facts border-line border-b py-[7px] ${columns === 2 ? 'sm:grid-cols-[72px_minmax(0,1fr)_72px_minmax(0,1fr)]' : ''}`}
      >
        <dt>Status</dt>
        <dd>{STATUS_WORDS[finding.status]}</dd>
        <dt>Due</dt>
        <dd>
          <Due dueAt={finding.status === 'ACTIVE' ? finding.dueAt : null} now={now} />
        </dd>
        <dt>Type</dt>
        <dd>{TYPE_WORDS[finding.type]}</dd>
        <dt>Rated by</dt>
        <dd className="truncate">{finding.severitySource ?? '–'}</dd>
        <dt>First seen</dt>
        <dd>
          <Timestamp time={finding.firstSeenAt} now={now} />
        </dd>
        <dt>{finding.closedAt ? 'Fixed' : 'Last seen'}</dt>
        <dd>
          <Timestamp time={finding.closedAt ?? finding.lastSeenAt} now={now} />
        </dd>
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
