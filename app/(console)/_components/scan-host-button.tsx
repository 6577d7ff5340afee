'use client';

import { ScanLine } from 'lucide-react';
import { Button, type ButtonKind } from '@/components/ui/button.tsx';
import { startHostScanAction } from '../actions.ts';
import { useStartJob } from './use-start-job.ts';

interface Props {
  readonly kind?: ButtonKind;
}

/** Starts a scan of the machine Harrier runs on and shows its progress. */
export function ScanHostButton({ kind = 'plain' }: Props) {
  const [pending, start] = useStartJob();
  return (
    <Button kind={kind} disabled={pending} onClick={() => start(startHostScanAction)}>
      <ScanLine size={15} strokeWidth={1.6} aria-hidden="true" />
      {pending ? 'Starting' : 'Scan this machine'}
    </Button>
  );
}
