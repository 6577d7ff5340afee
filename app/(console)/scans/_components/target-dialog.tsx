'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ScanTarget } from '@/lib/core/model/scan-target.ts';
import { saveTargetAction } from '../actions.ts';
import { targetsAddress } from '../target-words.ts';
import { RuleField } from './rule-field.tsx';
import { useTargetPreview } from './use-target-preview.ts';
import { WhatChanges } from './what-changes.tsx';

interface Props {
  /** Null for one that is not there yet. */
  readonly target: (Pick<ScanTarget, 'id' | 'name' | 'rule'> & { readonly schedules: number }) | null;
  readonly onClose: () => void;
}

/** A target while it is written, with what belongs to it. */
export function TargetDialog({ target, onClose }: Props) {
  const router = useRouter();
  const [rule, setRule] = useState(target?.rule ?? '');
  const preview = useTargetPreview(rule, { emptyIsAll: false, targetId: target?.id ?? '' });

  function done(id: string): void {
    onClose();
    showToast(target === null ? 'The target is kept. Add a schedule in its panel.' : 'The target is changed.');
    router.push(targetsAddress(id), { scroll: false });
  }

  return (
    <Dialog
      title={target === null ? 'New target' : 'Change target'}
      description="Resources join and leave it as they change."
      width={620}
      open
      onOpenChange={onClose}
    >
      <ActionForm
        action={saveTargetAction}
        onDone={({ id }) => done(id)}
        submitLabel={target === null ? 'Create target' : 'Save target'}
      >
        {(faults) => (
          <>
            <input type="hidden" name="id" value={target?.id ?? ''} />
            <TextField
              label="Name"
              name="name"
              defaultValue={target?.name}
              placeholder="Production instances"
              maxLength={100}
              autoComplete="off"
              error={faults.name}
              required
            />
            <RuleField
              value={rule}
              onChange={setRule}
              preview={preview}
              hint="What a resource has to be to belong to it."
              error={faults.rule}
            />
            {target === null ? null : <WhatChanges {...preview} schedules={target.schedules} />}
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
