'use client';

import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { useStartJob } from '../../../_components/use-start-job.ts';
import { startDiscoveryAction } from '../actions.ts';
import type { ConnectionStanding } from '../connection-states.ts';

/** Ends the wizard with what can be read, and says what stays unseen. */
export function WizardFoot({ id, standing }: { readonly id: string; readonly standing: ConnectionStanding }) {
  const [pending, start] = useStartJob();
  const { connected, total } = standing;
  if (connected === 0) return null;
  const missing = total - connected;
  return (
    <div className="wizard-foot">
      <Button kind="primary" disabled={pending} onClick={() => start(startDiscoveryAction, { connection: id })}>
        Start scanning {formatCounted(connected, 'account')}
      </Button>
      <span className="ml-auto text-12 text-fg-3">
        {missing === 0
          ? 'What is there is listed first, then scanned.'
          : `The other ${formatCount(missing)} ${missing === 1 ? 'stays' : 'stay'} unseen, and listed as not read.`}
      </span>
    </div>
  );
}
