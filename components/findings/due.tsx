import { ClockAlert } from 'lucide-react';
import { formatAge, formatDate } from '../format/format-time.ts';

const SOON = 48 * 3_600_000;

interface Props {
  readonly dueAt: Date | null;
  readonly now: Date;
}

export function Due({ dueAt, now }: Props) {
  if (!dueAt) return <span className="due text-fg-3">–</span>;
  const left = dueAt.getTime() - now.getTime();
  if (left < 0) {
    return (
      <span className="due" data-state="over" title={`Due ${formatDate(dueAt)}`}>
        <ClockAlert size={13} strokeWidth={1.6} aria-hidden="true" />
        {formatAge(left)} over
      </span>
    );
  }
  return (
    <span className="due" data-state={left < SOON ? 'soon' : 'on-time'} title={`Due ${formatDate(dueAt)}`}>
      {formatAge(left)}
    </span>
  );
}
