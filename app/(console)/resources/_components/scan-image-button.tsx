'use client';

import { ScanLine } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { startImageScanAction } from '../../actions.ts';

interface Props {
  readonly reference: string;
  /** The one that it was asked for, which is part of what it is. */
  readonly platform: string;
}

/** Pulls the image again, which may be another one under the same name by now. */
export function ScanImageButton({ reference, platform }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function start(): void {
    startTransition(async () => {
      const result = await startImageScanAction({ reference, platform });
      if (result.ok) router.push(`/scans?sel=${result.value.jobId}`);
      else showToast(result.message, { error: true });
    });
  }

  return (
    <Button disabled={pending} onClick={start}>
      <ScanLine size={15} strokeWidth={1.6} aria-hidden="true" />
      {pending ? 'Starting' : 'Scan again'}
    </Button>
  );
}
