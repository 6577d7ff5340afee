'use client';

import { ScanLine } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { scanResourceAction } from '../actions.ts';
import { useStartJob } from './use-start-job.ts';

/** Scans a resource of AWS again, and leads to the job. */
export function ScanResourceButton({ resource }: { readonly resource: string }) {
  const [pending, start] = useStartJob();
  return (
    <Button disabled={pending} onClick={() => start(scanResourceAction, { resource })}>
      <ScanLine size={14} strokeWidth={1.6} aria-hidden="true" />
      {pending ? 'Starting' : 'Scan now'}
    </Button>
  );
}
