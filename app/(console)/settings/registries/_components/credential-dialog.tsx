'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { saveRegistryCredentialAction } from '../actions.ts';

interface Props {
  /** Empty for a registry that is not in the list yet. */
  readonly host: string;
  readonly onClose: () => void;
}

export function CredentialDialog({ host, onClose }: Props) {
  const [failure, setFailure] = useState<{ message: string; fields: Readonly<Record<string, string>> } | null>(null);
  const [pending, startTransition] = useTransition();
  const fields = failure?.fields ?? {};

  function submit(form: FormData): void {
    startTransition(async () => {
      const result = await saveRegistryCredentialAction(form);
      if (result.ok) {
        onClose();
        showToast('The sign-in is kept, sealed. Images of this registry are pulled with it from now on.');
      } else {
        setFailure(result);
      }
    });
  }

  return (
    <Dialog
      title={host === '' ? 'Add a sign-in' : `Sign-in for ${host}`}
      description="Use a token that may only read. It is kept sealed and never shown again."
      open
      onOpenChange={onClose}
    >
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        {host === '' ? (
          <TextField
            label="Registry"
            name="host"
            placeholder="registry.example.com"
            autoComplete="off"
            error={fields.host}
            required
          />
        ) : (
          <input type="hidden" name="host" value={host} />
        )}
        <TextField label="Name" name="username" autoComplete="off" error={fields.username} required />
        <TextField
          label="Password or token"
          name="password"
          type="password"
          autoComplete="new-password"
          error={fields.password}
          required
        />
        <p role="alert" className="text-danger">
          {failure !== null && Object.keys(fields).length === 0 ? failure.message : ''}
        </p>
        <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
          Keep it
        </Button>
      </form>
    </Dialog>
  );
}
