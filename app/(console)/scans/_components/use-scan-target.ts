'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { showToast } from '@/components/ui/toast-queue.ts';
import { scanTargetAction } from '../actions.ts';

/** Asks for a scan of what a rule names; the toast leads to the job, or says why there is none. */
export function useScanTarget(): readonly [pending: boolean, scan: (rule: string) => void] {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const scan = (rule: string): void => {
    startTransition(async () => {
      const result = await scanTargetAction({ rule });
      if (!result.ok) {
        showToast(result.message, { error: true });
        return;
      }
      const { jobId, resources } = result.value;
      showToast(`Asked for a scan of ${formatCounted(resources, 'resource')}.`, {
        action: { label: 'Show the job', run: () => router.push(`/scans?sel=${jobId}`) },
      });
    });
  };
  return [pending, scan];
}
