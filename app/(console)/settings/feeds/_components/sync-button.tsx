'use client';

import { RefreshCw } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { useStartJob } from '../../../_components/use-start-job.ts';
import { startFeedSyncAction } from '../../../actions.ts';

/** Brings all feeds up to date, and leads to the job that does it. */
export function SyncButton({ isFirst }: { readonly isFirst: boolean }) {
  const [pending, start] = useStartJob();
  return (
    <Button className="ml-auto self-center" disabled={pending} onClick={() => start(startFeedSyncAction)}>
      <RefreshCw size={14} strokeWidth={1.6} aria-hidden="true" />
      {isFirst ? 'Bring in advisories' : 'Sync all feeds'}
    </Button>
  );
}
