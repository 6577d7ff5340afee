import { CircleCheck, TriangleAlert } from 'lucide-react';
import { formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { ActivityFigures } from '@/lib/core/model/activity.ts';

interface Props {
  readonly figures: ActivityFigures;
  readonly now: Date;
}

/** `182,406 entries, chain verified to 14:31`. */
export function ChainAnswer({ figures: { total, checked }, now }: Props) {
  const count = `${formatCounted(total.count, 'entry', 'entries')}${total.exact ? '' : ' or more'}`;
  return (
    <span className="inline-flex items-center gap-1.5">
      {checked?.fault === null ? (
        <CircleCheck size={14} strokeWidth={1.6} className="text-ok" aria-hidden="true" />
      ) : null}
      <span className="truncate">
        {count}
        {checked === null ? null : (
          <>
            , chain {checked.fault === null ? 'verified' : 'broken'} <Timestamp time={checked.at} now={now} />
          </>
        )}
      </span>
    </span>
  );
}

/** Said at once and above everything: something that was written is not there as it was written. */
export function ChainBreak({ figures: { checked }, now }: Props) {
  if (checked === null || checked.fault === null) return null;
  const { what, detail, position, row } = checked.fault;
  const place = [
    row === null ? '' : `entry ${row}`,
    position === null ? '' : `block ${Number(position).toLocaleString('en-US')}`,
  ]
    .filter((part) => part !== '')
    .join(' in ');
  return (
    <div
      role="alert"
      className="mx-(--gutter) mt-3 flex items-start gap-2 rounded-2 bg-danger-tint px-3 py-2 text-danger"
    >
      <TriangleAlert size={14} strokeWidth={1.6} className="mt-[3px] flex-none" aria-hidden="true" />
      <p className="min-w-0 break-words">
        The chain is broken{place === '' ? '' : ` at ${place}`} ({what}): {detail} Checked{' '}
        <Timestamp time={checked.at} now={now} />. Entries before it still hold; compare with an export or a backup.
      </p>
    </div>
  );
}
