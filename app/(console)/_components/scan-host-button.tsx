'use client';

import { ScanLine } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button, type ButtonKind } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { startHostScanAction } from '../actions.ts';

interface Props {
  readonly kind?: ButtonKind;
}

/** Starts a scan of the machine Harrier runs on and shows its progress. */
export function ScanHostButton({ kind = 'plain' }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function start() {
    startTransition(async () => {
      const result = await startHostScanAction({});
      if (result.ok) router.push(`/scans?sel=${result.value.jobId}`);
      else showToast(result.message, { error: true });
    });
  }

  return (
    <Button kind={kind} disabled={pending} onClick={start}>
      <ScanLine size={15} strokeWidth={1.6} aria-hidden="true" />
      {pending ? 'Starting' : 'Scan this machine'}
    </Button>
  );
}
