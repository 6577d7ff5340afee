'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { Button } from '@/components/ui/button.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { MailServer, MailTls } from '@/lib/core/model/mail.ts';
import { removeMailSettingsAction, saveMailSettingsAction, sendTestMailAction } from '../actions.ts';

const TLS: readonly { readonly value: MailTls; readonly label: string }[] = [
  { value: 'starttls', label: 'STARTTLS, usually port 587' },
  { value: 'tls', label: 'TLS, usually port 465' },
  { value: 'none', label: 'Not encrypted, usually port 25' },
];

interface Props {
  readonly server: (MailServer & { readonly hasPassword: boolean }) | null;
  /** The address that this installation has by its settings. */
  readonly url: string;
  /** Where a test goes. */
  readonly address: string;
}

/** Where mail is handed in. The password goes in and is never shown again. */
export function MailForm({ server, url, address }: Props) {
  const router = useRouter();
  return (
    <div className="grid gap-6">
      <ActionForm
        action={saveMailSettingsAction}
        onDone={() => {
          showToast('The mail server is kept. Send a test mail to see whether it takes mail.');
          router.refresh();
        }}
        submitLabel="Save mail server"
      >
        {(faults) => (
          <>
            <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_112px]">
              <TextField
                label="Server"
                name="host"
                placeholder="mail.example.com"
                autoComplete="off"
                defaultValue={server?.host ?? ''}
                error={faults.host}
              />
              <TextField
                label="Port"
                name="port"
                inputMode="numeric"
                autoComplete="off"
                defaultValue={server?.port ?? 587}
                error={faults.port}
              />
            </div>
            <SelectField
              label="Encryption"
              name="tls"
              defaultValue={server?.tls ?? 'starttls'}
              options={TLS}
              error={faults.tls}
            />
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <TextField
                label="Name"
                name="username"
                autoComplete="off"
                defaultValue={server?.username ?? ''}
                hint="Empty where the server asks for no sign-in."
                error={faults.username}
              />
              <TextField
                label="Password"
                name="password"
                type="password"
                autoComplete="new-password"
                hint={
                  server?.hasPassword
                    ? 'One is kept, sealed. Empty leaves it as it is.'
                    : 'Kept sealed, never shown again.'
                }
                error={faults.password}
              />
            </div>
            <TextField
              label="Sender"
              name="sender"
              type="email"
              placeholder="harrier@example.com"
              autoComplete="off"
              defaultValue={server?.sender ?? ''}
              error={faults.sender}
            />
            <TextField
              label="Address of the console"
              name="url"
              autoComplete="off"
              defaultValue={server?.url ?? url}
              hint="Links in mails begin with it."
              error={faults.url}
            />
          </>
        )}
      </ActionForm>
      {server === null ? null : <Test address={address} />}
    </div>
  );
}

function Test({ address }: { readonly address: string }) {
  const router = useRouter();
  const [answer, setAnswer] = useState<{ readonly sent: boolean; readonly sentence: string } | null>(null);
  const [pending, startTransition] = useTransition();

  function send(): void {
    startTransition(async () => {
      const result = await sendTestMailAction({});
      setAnswer(result.ok ? result.value : { sent: false, sentence: result.message });
    });
  }

  function remove(): void {
    startTransition(async () => {
      const result = await removeMailSettingsAction({});
      showToast(result.ok ? 'The mail server was forgotten; notices stay in the console.' : result.message, {
        error: !result.ok,
      });
      router.refresh();
    });
  }

  return (
    <div className="grid gap-3 border-line border-t pt-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={pending} onClick={send}>
          {pending ? 'Sending' : 'Send a test mail'}
        </Button>
        <span className="text-12 text-fg-3">to {address}, with the settings that are saved</span>
        <Button kind="ghost" className="ml-auto" disabled={pending} onClick={remove}>
          Forget the server
        </Button>
      </div>
      <p role="status" className={answer?.sent === false ? 'break-words text-danger' : 'break-words text-ok'}>
        {answer?.sentence ?? ''}
      </p>
    </div>
  );
}
