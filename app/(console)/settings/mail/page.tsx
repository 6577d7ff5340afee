import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { getMailSettings } from '@/lib/operations/mail/mail-settings.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { getEnvironment } from '@/lib/wiring/for-next.ts';
import { MailForm } from './_components/mail-form.tsx';
import { MailState } from './_components/mail-state.tsx';

export const metadata: Metadata = { title: 'Mail' };

export default async function MailPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, getMailSettings.permission)) {
    notFound();
  }
  const { server, health } = await runOperation(getMailSettings, deps, caller, {});
  const { url } = await getEnvironment();
  return (
    <section className="max-w-160">
      <div className="section-head">
        <h2>Mail</h2>
        <span className="text-12 text-fg-3">
          {server === null ? 'No server is set up; notices stay in the console' : 'Notices by mail, over SMTP'}
        </span>
      </div>
      {server === null ? null : <MailState health={health} now={deps.clock.now()} />}
      <MailForm key={server === null ? 'new' : 'kept'} server={server} url={url} address={caller.email} />
    </section>
  );
}
