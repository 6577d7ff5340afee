'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { scanTargetAction } from '../actions.ts';
import { RuleField } from './rule-field.tsx';
import { useTargetPreview } from './use-target-preview.ts';

/** Asks which resources in AWS to scan now, and leads to the job. */
export function EstateScanDialog({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const [rule, setRule] = useState('');
  const preview = useTargetPreview(rule, { emptyIsAll: true, targetId: '' });
  const eligible = preview.preview?.eligible ?? 0;

  function follow(jobId: string, resources: number): void {
    onClose();
    showToast(`Asked for a scan of ${formatCounted(resources, 'resource')}.`);
    router.push(`/scans?sel=${jobId}`);
  }

  return (
    <Dialog
      title="Scan AWS resources"
      description="What a rule names is scanned once, now. A target keeps a rule for later."
      width={620}
      open
      onOpenChange={onClose}
    >
      <ActionForm
        action={scanTargetAction}
        onDone={({ jobId, resources }) => follow(jobId, resources)}
        submitLabel={eligible > 0 && !preview.isBehind ? `Scan ${formatCount(eligible)} now` : 'Scan now'}
      >
        {() => (
          <RuleField
            value={rule}
            onChange={setRule}
            preview={preview}
            hint="Leave it empty to scan everything that can be scanned."
            error={undefined}
          />
        )}
      </ActionForm>
    </Dialog>
  );
}
