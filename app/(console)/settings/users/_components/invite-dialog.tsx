'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { invitePersonAction } from '../actions.ts';
import type { ShownLink } from './link-dialog.tsx';
import { RoleFields } from './role-fields.tsx';

interface Props {
  readonly onClose: () => void;
  readonly onLink: (link: ShownLink) => void;
}

export function InviteDialog({ onClose, onLink }: Props) {
  const [failure, setFailure] = useState<{ message: string; fields: Readonly<Record<string, string>> } | null>(null);
  const [pending, startTransition] = useTransition();
  const fields = failure?.fields ?? {};

  function submit(form: FormData): void {
    startTransition(async () => {
      const result = await invitePersonAction(form);
      if (result.ok) {
        onClose();
        onLink(result.value);
      } else {
        setFailure(result);
      }
    });
  }

  return (
    <Dialog
      title="Invite a person"
      description="They choose a password with a link that you pass on, or sign in through the identity provider."
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
        <TextField label="Name" name="name" autoComplete="off" error={fields.name} required />
        <TextField label="E-mail" name="email" type="email" autoComplete="off" error={fields.email} required />
        <RoleFields chosen="viewer" accounts={null} fields={fields} />
        <p role="alert" className="text-danger">
          {failure !== null && Object.keys(fields).length === 0 ? failure.message : ''}
        </p>
        <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
          Invite
        </Button>
      </form>
    </Dialog>
  );
}
