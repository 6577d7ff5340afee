import { formatCount } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { MailHealth } from '@/lib/core/model/mail.ts';

/** How mail is doing. An error that a later mail has outlived is told as one of the past. */
export function MailState({ health, now }: { readonly health: MailHealth; readonly now: Date }) {
  const { lastSentAt, lastError, lastErrorAt, waiting, failed } = health;
  const isOver = lastErrorAt !== null && lastSentAt !== null && lastSentAt > lastErrorAt;
  return (
    <dl className="mb-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      <dt className="text-fg-3">Last sent</dt>
      <dd>{lastSentAt === null ? 'Nothing yet' : <Timestamp time={lastSentAt} now={now} />}</dd>
      <dt className="text-fg-3">Last error</dt>
      <dd className={lastError === null || isOver ? 'break-words' : 'break-words text-danger'}>
        {lastError === null || lastErrorAt === null ? (
          'None'
        ) : (
          <>
            {lastError} <Timestamp time={lastErrorAt} now={now} />
          </>
        )}
      </dd>
      <dt className="text-fg-3">Waiting</dt>
      <dd>{formatCount(waiting)} for their time, their digest or another try</dd>
      <dt className="text-fg-3">Given up</dt>
      <dd>{formatCount(failed)} of the last 90 days</dd>
    </dl>
  );
}
