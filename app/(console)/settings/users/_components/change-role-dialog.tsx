'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { PersonView } from '@/lib/operations/users/list-people.ts';
import { changePersonRoleAction } from '../actions.ts';
import { RoleFields } from './role-fields.tsx';

interface Props {
  readonly person: PersonView;
  readonly onClose: () => void;
}

export function ChangeRoleDialog({ person, onClose }: Props) {
  const [failure, setFailure] = useState<{ message: string; fields: Readonly<Record<string, string>> } | null>(null);
  const [pending, startTransition] = useTransition();

  function submit(form: FormData): void {
    startTransition(async () => {
      const result = await changePersonRoleAction(form);
      if (result.ok) {
        onClose();
        showToast(`Role and accounts of ${person.name} changed.`);
      } else {
        setFailure(result);
      }
    });
  }

  return (
    <Dialog title={`Role of ${person.name}`} description="Holds from their next click on." open onOpenChange={onClose}>
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <input type="hidden" name="userId" value={person.id} />
        <RoleFields chosen={person.role} accounts={person.accounts} fields={failure?.fields ?? {}} />
        <p role="alert" className="text-danger">
          {failure !== null && Object.keys(failure.fields).length === 0 ? failure.message : ''}
        </p>
        <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
          Change
        </Button>
      </form>
    </Dialog>
  );
}
