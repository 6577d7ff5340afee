'use client';

import { ScanLine } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { startImageScanAction } from '../actions.ts';
import { useStartJob } from './use-start-job.ts';

interface Props {
  readonly reference: string;
  /** The one that it was asked for, which is part of what it is. */
  readonly platform: string;
}

/** Pulls the image again, which may be another one under the same name by now. */
export function ScanImageButton({ reference, platform }: Props) {
  const [pending, start] = useStartJob();
  return (
    <Button disabled={pending} onClick={() => start(startImageScanAction, { reference, platform })}>
      <ScanLine size={15} strokeWidth={1.6} aria-hidden="true" />
      {pending ? 'Starting' : 'Scan again'}
    </Button>
  );
}
