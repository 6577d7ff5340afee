import Link from 'next/link';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { VulnerabilityEvent } from '@/lib/core/model/vulnerability-view.ts';

interface Props {
  readonly events: readonly VulnerabilityEvent[];
  readonly now: Date;
}

/** The newest steps in the lives of its findings. */
export function StepTab({ events, now }: Props) {
  if (events.length === 0) {
    return (
      <div className="max-w-[640px] pt-4">
        <EmptyState kind="no-match" title="Nothing has happened here">
          No finding of it that you may see has any history.
        </EmptyState>
      </div>
    );
  }
  return (
    <ol className="pt-2">
      {events.map((event) => (
        <li
          key={`${event.findingId} ${event.at.toISOString()} ${event.kind} ${event.detail}`}
          className="flex flex-wrap gap-x-3 border-line border-b py-2"
        >
          <span className="w-[112px] flex-none text-fg-3">
            <Timestamp time={event.at} now={now} />
          </span>
          <Link
            href={`/findings/${event.findingId}`}
            prefetch={false}
            className="w-[220px] truncate font-medium hover:underline"
          >
            <bdi>{event.resourceName}</bdi>
          </Link>
          <span className="min-w-0 flex-1 break-words text-fg-2">
            {event.kind} <bdi>{event.detail}</bdi>
          </span>
        </li>
      ))}
    </ol>
  );
}
