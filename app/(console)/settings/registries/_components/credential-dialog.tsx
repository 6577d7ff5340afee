'use client';

import { ActionForm } from '@/components/ui/action-form.tsx';
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
  return (
    <Dialog
      title={host === '' ? 'Add a sign-in' : `Sign-in for ${host}`}
      description="Use a token that may only read. It is kept sealed and never shown again."
      open
      onOpenChange={onClose}
    >
      <ActionForm
        action={saveRegistryCredentialAction}
        onDone={() => {
          onClose();
          showToast('The sign-in is kept, sealed. Images of this registry are pulled with it from now on.');
        }}
        submitLabel="Keep it"
      >
        {(faults) => (
          <>
            {host === '' ? (
              <TextField
                label="Registry"
                name="host"
                placeholder="registry.example.com"
                autoComplete="off"
                error={faults.host}
                required
              />
            ) : (
              <input type="hidden" name="host" value={host} />
            )}
            <TextField label="Name" name="username" autoComplete="off" error={faults.username} required />
            <TextField
              label="Password or token"
              name="password"
              type="password"
              autoComplete="new-password"
              error={faults.password}
              required
            />
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
