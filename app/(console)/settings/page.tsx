import type { Metadata } from 'next';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { listOwnSessions } from '@/lib/operations/users/list-own-sessions.ts';
import { ChangePasswordForm } from './_components/change-password-form.tsx';
import { OwnSessions } from './_components/own-sessions.tsx';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { deps, caller } = await requireCaller();
  const sessions = await runOperation(listOwnSessions, deps, caller, null);
  const person = await deps.users.byId(caller.userId);
  return (
    <div className="grid max-w-200 grid-cols-[minmax(0,1fr)] gap-8">
      <section>
        <div className="section-head">
          <h2>Sessions</h2>
          <span className="text-12 text-fg-3">
            A session ends after 12 hours without use, and after 7 days at the latest.
          </span>
        </div>
        <OwnSessions sessions={sessions} now={deps.clock.now()} />
      </section>
      <section>
        <div className="section-head">
          <h2>Password</h2>
        </div>
        {person?.passwordHash == null ? (
          <p className="text-fg-2">You sign in through your identity provider; there is no password here.</p>
        ) : (
          <ChangePasswordForm email={caller.email} />
        )}
      </section>
    </div>
  );
}
