import { formatCount } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { CELL_LOOKS } from './cell-words.ts';
import type { UnreadLine } from './unread.ts';

interface Props {
  readonly lines: readonly UnreadLine[];
  /** More than these are counted only. */
  readonly most: number;
  readonly now: Date;
}

const TONES = { danger: 'text-danger', warn: 'text-warn', off: 'text-fg-3' } as const;

/** What could not be looked at, what was said, and since when. */
export function UnreadList({ lines, most, now }: Props) {
  if (lines.length === 0) return null;
  return (
    <>
      <ul className="mt-1">
        {lines.slice(0, most).map(({ key, account, where, word, said, since }) => {
          const { label, tone, icon: Icon } = CELL_LOOKS[word];
          return (
            <li key={key} className="border-line border-t py-1.5 first:border-t-0">
              <div className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate" title={account}>
                  <bdi>{account}</bdi>
                </span>
                <span className={`flex items-center gap-1 text-12 ${TONES[tone]}`}>
                  {Icon === null ? null : <Icon size={12} strokeWidth={1.6} aria-hidden="true" />}
                  <span>
                    {label}
                    {since === null ? null : (
                      <>
                        , <Timestamp time={since} now={now} as="age" />
                      </>
                    )}
                  </span>
                </span>
              </div>
              <p className="break-words text-12 text-fg-3">
                {where ?? 'The whole account'}
                {said === '' ? '' : `. ${said}`}
              </p>
            </li>
          );
        })}
      </ul>
      {lines.length > most ? <p className="text-12 text-fg-3">and {formatCount(lines.length - most)} more</p> : null}
    </>
  );
}
