'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ActionResult } from '@/lib/auth/action-result.ts';

type StartAction = (input: unknown) => Promise<ActionResult<{ readonly jobId: string }>>;

/** Starts a job and leads to it; where it may not start, a toast says why. */
export function useStartJob(): readonly [pending: boolean, start: (action: StartAction, input?: unknown) => void] {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const start = (action: StartAction, input: unknown = {}): void => {
    startTransition(async () => {
      const result = await action(input);
      if (result.ok) router.push(`/scans?sel=${result.value.jobId}`);
      else showToast(result.message, { error: true });
    });
  };
  return [pending, start];
}
