'use client';

import { useState } from 'react';
import { formatAge, formatClock, formatDate, formatMoment } from '../format/format-time.ts';

interface Props {
  readonly time: Date;
  /** The time of the page: the server's, so that both renderings agree. */
  readonly now: Date;
  readonly as?: 'moment' | 'age' | 'clock';
}

/** A time in UTC; hovering adds the reader's local time, which only the browser knows. */
export function Timestamp({ time, now, as = 'moment' }: Props) {
  const [local, setLocal] = useState('');
  const utc = `${formatDate(time)} ${formatClock(time)} UTC`;
  return (
    <time
      dateTime={time.toISOString()}
      title={local ? `${utc}\n${local} local time` : utc}
      onPointerEnter={() => setLocal(time.toLocaleString())}
      className="whitespace-nowrap"
    >
      {as === 'age' ? formatAge(now.getTime() - time.getTime()) : null}
      {as === 'clock' ? formatClock(time) : null}
      {as === 'moment' ? formatMoment(time, now) : null}
    </time>
  );
}
