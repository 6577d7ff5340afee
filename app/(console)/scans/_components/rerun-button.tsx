'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { Button } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { rerunFailedAction } from '../actions.ts';

/** Scans again what a job could not read, and leads to the job that does it. */
export function RerunButton({ jobId, mayRun }: { readonly jobId: string; readonly mayRun: boolean }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const rerun = useRef(() => {});
  rerun.current = () => {
    if (pending || !mayRun) return;
    startTransition(async () => {
      const result = await rerunFailedAction({ jobId });
      if (!result.ok) {
        showToast(result.message, { error: true });
        return;
      }
      showToast(`Asked for ${formatCounted(result.value.resources, 'resource')} again.`);
      router.push(`/scans?sel=${result.value.jobId}`);
    });
  };
  useEffect(() => onShortcut('r', () => rerun.current()), []);

  return (
    <Button
      className="ml-auto"
      disabled={pending || !mayRun}
      title={mayRun ? undefined : 'Your role may not run scans; an administrator can change it.'}
      onClick={() => rerun.current()}
    >
      Rerun what failed <kbd className="max-sm:hidden">R</kbd>
    </Button>
  );
}
