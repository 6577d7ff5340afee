'use client';

import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { OwnSession } from '@/lib/operations/users/list-own-sessions.ts';
import { revokeOwnSessionAction } from '../actions.ts';
import { browserInWords } from './browser-in-words.ts';

interface Props {
  readonly sessions: readonly OwnSession[];
  readonly now: Date;
}

export function OwnSessions({ sessions, now }: Props) {
  const [pending, startTransition] = useTransition();

  function end(sessionId: string): void {
    startTransition(async () => {
      const result = await revokeOwnSessionAction({ sessionId });
      showToast(result.ok ? 'Session ended.' : result.message, { error: !result.ok });
    });
  }

  return (
    <ScrollRegion label="Your sessions">
      <table className="table">
        <thead>
          <tr>
            <th>Browser</th>
            <th>Address</th>
            <th>Signed in</th>
            <th>Last used</th>
            <th>
              <span className="vh">End session</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td title={session.userAgent}>{browserInWords(session.userAgent)}</td>
              <td>
                <code>{session.address}</code>
              </td>
              <td>
                <Timestamp time={session.createdAt} now={now} />
              </td>
              <td>
                <Timestamp time={session.lastSeenAt} now={now} />
              </td>
              <td className="num">
                {session.current ? (
                  <Chip kind="plain">This one</Chip>
                ) : (
                  <Button kind="ghost" disabled={pending} onClick={() => end(session.id)}>
                    End session
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
