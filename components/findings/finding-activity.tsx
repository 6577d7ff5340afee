import type { FindingDetail } from '@/lib/core/model/views.ts';
import { Timestamp } from '../ui/timestamp.tsx';

interface Props {
  readonly finding: FindingDetail;
  readonly now: Date;
}

export function FindingActivity({ finding, now }: Props) {
  if (finding.events.length === 0) {
    return <p className="py-3 text-fg-2">Nothing has happened since it was first seen.</p>;
  }
  return (
    <ol className="py-1">
      {finding.events.map((event) => (
        <li
          key={`${event.at.toISOString()} ${event.kind}`}
          className="flex gap-3 border-line border-b py-2 last:border-0"
        >
          <span className="w-[104px] flex-none text-fg-3">
            <Timestamp time={event.at} now={now} />
          </span>
          <span>
            <span className="font-medium">{event.kind}</span> {event.detail}
          </span>
        </li>
      ))}
    </ol>
  );
}
