import type { Metadata } from 'next';
import { connection } from 'next/server';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { getMailChoice } from '@/lib/operations/mail/mail-choice.ts';
import { ask } from '../../ask.ts';
import { MailChoiceForm } from './_components/mail-choice-form.tsx';

export const metadata: Metadata = { title: 'Mail to you' };

export default async function NoticesMailPage() {
  await connection();
  const { choice, isChosen, isSetUp, address } = await ask(getMailChoice, {});
  return (
    <>
      <PageHeader title="Mail to you" answer={address}>
        <ButtonLink href="/notices" kind="ghost">
          Notices
        </ButtonLink>
      </PageHeader>
      <div className="max-w-[760px] px-(--gutter) pb-8">
        {isSetUp ? null : (
          <p className="py-3 text-fg-2">
            This installation sends no mail yet. An administrator sets it up under Settings, Mail; what you choose here
            counts from then on.
          </p>
        )}
        <MailChoiceForm choice={choice} isChosen={isChosen} />
      </div>
    </>
  );
}
