'use client';

import { RefreshCw } from 'lucide-react';
import { Button, type ButtonKind } from '@/components/ui/button.tsx';
import { useStartJob } from '../../../_components/use-start-job.ts';
import { startDiscoveryAction } from '../actions.ts';

interface Props {
  readonly label: string;
  /** Its id; empty for all of them. */
  readonly connection: string;
  readonly kind?: ButtonKind;
  readonly name?: string;
}

/** Looks for what is in the accounts now, and leads to the job that does it. */
export function LookButton({ label, connection, kind = 'plain', name }: Props) {
  const [pending, start] = useStartJob();
  return (
    <Button
      kind={kind}
      disabled={pending}
      aria-label={name === undefined ? undefined : `${label} at ${name}`}
      onClick={() => start(startDiscoveryAction, { connection })}
    >
      {kind === 'plain' ? <RefreshCw size={14} strokeWidth={1.6} aria-hidden="true" /> : null}
      {label}
    </Button>
  );
}
