import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { FindingDetail } from '@/lib/core/model/views.ts';

interface Props {
  readonly finding: FindingDetail;
  readonly now: Date;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  open: 'Opened',
  reopen: 'Opened again',
  refresh: 'Changed',
  close: 'Fixed',
  'drop-origin': 'One source no longer reports it',
  suppress: 'Hidden',
  unsuppress: 'Shown again',
  status: 'Status',
  assign: 'Assigned',
  snooze: 'Snoozed',
  comment: 'Comment',
  due: 'Due date',
  undo: 'Undone',
  leave: 'Moved away',
  arrive: 'Moved here',
};

/** The steps of its life, the newest first. */
export function FindingSteps({ finding, now }: Props) {
  if (finding.events.length === 0) {
    return <p className="py-3 text-fg-2">Nothing has happened since it was first seen.</p>;
  }
  return (
    <section className="panel-block">
      <h3>History</h3>
      <ol>
        {finding.events.toReversed().map((event) => (
          <li
            key={`${event.at.toISOString()} ${event.kind} ${event.detail}`}
            className="flex gap-3 border-line border-b py-2 last:border-0"
          >
            <span className="w-[104px] flex-none text-fg-3">
              <Timestamp time={event.at} now={now} />
            </span>
            <span className="min-w-0 break-words">
              <span className="font-medium">{KIND_WORDS[event.kind] ?? event.kind}</span> <bdi>{event.detail}</bdi>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
