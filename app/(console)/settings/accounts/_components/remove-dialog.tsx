'use client';

import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { removeConnectionAction } from '../actions.ts';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks once more: what is forgotten here has to be given again. */
export function RemoveDialog({ id, name, onClose }: Props) {
  const [pending, startTransition] = useTransition();

  function remove(): void {
    startTransition(async () => {
      const result = await removeConnectionAction({ id, name });
      showToast(result.ok ? `${name} was removed. Its accounts are not read any more.` : result.message, {
        error: !result.ok,
      });
      if (result.ok) onClose();
    });
  }

  return (
    <Dialog
      title={`Remove ${name}?`}
      description="Harrier forgets how it comes into these accounts."
      open
      onOpenChange={onClose}
    >
      <p>Their resources and findings stay. Nobody looks at them any more, so they get late.</p>
      <p className="mt-2 text-fg-2">Nothing is changed in AWS. Delete the role there yourself.</p>
      <div className="mt-4 flex gap-2">
        <Button kind="danger" disabled={pending} onClick={remove}>
          Remove the connection
        </Button>
        <Button kind="ghost" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  );
}
