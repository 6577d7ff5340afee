'use client';

import { ActionForm } from '@/components/ui/action-form.tsx';
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
  return (
    <Dialog
      title="Invite a person"
      description="They choose a password with a link that you pass on, or sign in through the identity provider."
      open
      onOpenChange={onClose}
    >
      <ActionForm
        action={invitePersonAction}
        onDone={(link) => {
          onClose();
          onLink(link);
        }}
        submitLabel="Invite"
      >
        {(faults) => (
          <>
            <TextField label="Name" name="name" autoComplete="off" error={faults.name} required />
            <TextField label="E-mail" name="email" type="email" autoComplete="off" error={faults.email} required />
            <RoleFields chosen="viewer" accounts={null} teams={[]} faults={faults} />
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
