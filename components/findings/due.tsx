import { ClockAlert } from 'lucide-react';
import { DUE_SOON_MS } from '@/lib/core/findings/due-soon.ts';
import { formatAge, formatDate } from '../format/format-time.ts';

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
    <span className="due" data-state={left <= DUE_SOON_MS ? 'soon' : 'on-time'} title={`Due ${formatDate(dueAt)}`}>
      {formatAge(left)}
    </span>
  );
}
