'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { removeTargetAction } from '../actions.ts';
import { targetsAddress } from '../target-words.ts';

interface Props {
  readonly target: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Asks once more: the schedules go with it. */
export function RemoveTargetDialog({ target, onClose }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function remove(): void {
    startTransition(async () => {
      const result = await removeTargetAction({ id: target.id });
      showToast(result.ok ? `${target.name} was removed.` : result.message, { error: !result.ok });
      if (!result.ok) return;
      onClose();
      router.replace(targetsAddress(), { scroll: false });
    });
  }

  return (
    <Dialog title={`Remove ${target.name}?`} description="Its schedules go with it." open onOpenChange={onClose}>
      <p>What it scanned stays, and so do the resources and their findings.</p>
      <p className="mt-2 text-fg-2">Everything in AWS is still scanned once a day.</p>
      <div className="mt-4 flex gap-2">
        <Button kind="danger" disabled={pending} onClick={remove}>
          Remove the target
        </Button>
        <Button kind="ghost" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  );
}
