'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { LongTextField } from '@/components/ui/long-text-field.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { IntendedMark } from '@/lib/core/model/intended.ts';
import { ACCEPTED_DAYS_MAX } from '@/lib/core/model/triage.ts';
import { undoTriageActAction } from '../../_components/triage/actions.ts';
import { markIntendedAction } from '../actions.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;

interface Props {
  readonly id: string;
  readonly version: number;
  /** Of the instance. */
  readonly name: string;
  /** What was said of it before. */
  readonly mark: IntendedMark | null;
  readonly people: readonly { readonly value: string; readonly label: string }[];
  readonly readerId: string;
  readonly now: Date;
}

/** Asks who answers for a path, why it is wanted and until when; then it is an alarm as soon as more may call. */
export function MarkIntended({ id, version, name, mark, people, readerId, now }: Props) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const owner = people.some(({ value }) => value === mark?.ownerId) ? mark?.ownerId : readerId;

  async function undo(actId: string): Promise<void> {
    const result = await undoTriageActAction({ actId }).catch(() => null);
    const isDone = result?.ok === true && result.value.applied > 0;
    if (isDone) showToast('As before.');
    else showToast(result?.ok === false ? result.message : 'Nothing was taken back.', { error: true });
    router.refresh();
  }

  return (
    <>
      <Button className="mt-2" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {mark === null ? 'Mark as intended' : 'Mark anew'}
      </Button>
      <Dialog title="Mark as intended" description={name} open={isOpen} onOpenChange={setOpen} width={440}>
        <ActionForm
          action={markIntendedAction}
          submitLabel="Mark as intended"
          onDone={({ actId }) => {
            setOpen(false);
            showToast('Marked as intended.', { undo: () => void undo(actId) });
          }}
        >
          {(faults) => (
            <>
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="version" value={version} />
              <LongTextField
                label="Reason"
                name="reason"
                required
                defaultValue={mark?.reason}
                hint="Why it may be reached. Its risk is accepted for this reason."
                error={faults.reason}
              />
              <SelectField
                label="Owner"
                name="owner"
                required
                defaultValue={owner}
                options={people}
                error={faults.owner}
              />
              <TextField
                label="Until"
                name="until"
                type="date"
                required
                defaultValue={dayAfter(now, DAYS)}
                min={dayAfter(now, 1)}
                max={dayAfter(now, ACCEPTED_DAYS_MAX)}
                hint="It counts as open again then, or as soon as anybody else may call than may today."
                error={faults.until}
              />
            </>
          )}
        </ActionForm>
      </Dialog>
    </>
  );
}

/** `2026-12-31`, so many days from now in UTC. */
function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}
