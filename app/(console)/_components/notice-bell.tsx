'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';

const NoticePanel = dynamic(() => import('./notice-panel.tsx').then((module) => module.NoticePanel), { ssr: false });

const ASK_MS = 20_000;
const SHOWN_MAX = 99;

/** How much is unread, asked for quietly; what it is, when somebody reaches for it. */
export function NoticeBell({ icon }: { readonly icon: ReactNode }) {
  const [used, setUsed] = useState(false);
  const { data: unread = 0 } = useQuery({
    queryKey: ['unread-notices'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('/api/notices/unread', { signal });
      if (!answer.ok) throw new Error(`notices answered ${answer.status}`);
      return ((await answer.json()) as { readonly unread: number }).unread;
    },
    refetchInterval: ASK_MS,
    retry: false,
  });
  const label = unread === 0 ? 'Notices' : `Notices, ${unread} unread`;
  const face = (
    <button
      type="button"
      className="notice-bell hit"
      aria-label={label}
      title={label}
      aria-haspopup="dialog"
      onClick={() => setUsed(true)}
    >
      {icon}
      {unread === 0 ? null : <span aria-hidden="true">{unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}</span>}
    </button>
  );
  return used ? <NoticePanel trigger={face} /> : face;
}
