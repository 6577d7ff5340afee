import Link from 'next/link';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { Notice } from '@/lib/core/model/notice.ts';

interface Props {
  readonly notice: Notice;
  readonly now: Date;
  readonly onFollow?: () => void;
}

/** One notice, which leads to what it is about. Unread ones have a dot, which is said too. */
export function NoticeRow({ notice, now, onFollow }: Props) {
  return (
    <li className="border-line border-b last:border-0">
      <Link
        href={notice.href}
        prefetch={false}
        className="flex gap-2.5 px-1 py-2.5 hover:bg-hover"
        {...(onFollow ? { onClick: onFollow } : {})}
      >
        <span
          className={`mt-[7px] h-1.5 w-1.5 flex-none rounded-full ${notice.readAt === null ? 'bg-accent' : ''}`}
          aria-hidden="true"
        />
        <span className="min-w-0 flex-1">
          <bdi className={`block break-words ${notice.readAt === null ? 'font-medium' : ''}`}>
            {notice.readAt === null ? <span className="vh">Unread: </span> : null}
            {notice.title}
          </bdi>
          {notice.detail === '' ? null : (
            <bdi className="line-clamp-2 block break-words text-fg-2">{notice.detail}</bdi>
          )}
        </span>
        <span className="flex-none text-12 text-fg-3">
          <Timestamp time={notice.at} now={now} />
        </span>
      </Link>
    </li>
  );
}
