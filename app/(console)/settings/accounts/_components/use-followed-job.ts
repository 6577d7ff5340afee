'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';
import type { JobView } from '@/lib/core/model/views.ts';

interface FollowedJob {
  readonly follow: (id: string) => void;
  /** True until the job has ended and the page shows what came of it. */
  readonly isRunning: boolean;
  /** As it was last told; null before. */
  readonly job: JobView | null;
}

/** Follows a job that this page started, and has the page rendered anew when it has ended. */
export function useFollowedJob(): FollowedJob {
  const router = useRouter();
  const [id, setId] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [, startTransition] = useTransition();
  const job = useJobProgress(id).data?.job ?? null;
  const ended = job !== null && hasEnded(job.state);

  useEffect(() => {
    if (!ended || id === null) return;
    // In one transition, so that nobody reads the old result as the new one.
    startTransition(() => {
      router.refresh();
      setShown(id);
    });
  }, [ended, id, router]);

  return { follow: setId, isRunning: id !== null && shown !== id, job };
}
