'use client';

import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { useStartJob } from '../../_components/use-start-job.ts';
import { scanResourcesAction } from '../actions.ts';

interface Props {
  readonly ids: readonly string[];
  readonly onClear: () => void;
}

/** What can be done with the selected resources, below the list. */
export function LedgerSelectionBar({ ids, onClear }: Props) {
  const [pending, start] = useStartJob();
  return (
    <section className="selection-bar" aria-label="Selection">
      <span className="font-semibold" role="status">
        {formatCount(ids.length)} selected
      </span>
      <Button
        kind="ghost"
        disabled={pending}
        title={`Scans those of ${formatCounted(ids.length, 'resource')} that can be scanned now`}
        onClick={() => start(scanResourcesAction, { resources: ids })}
      >
        {pending ? 'Starting' : 'Scan now'}
      </Button>
      <span className="flex-1" />
      <Button kind="ghost" onClick={onClear}>
        Clear <kbd>Esc</kbd>
      </Button>
    </section>
  );
}
