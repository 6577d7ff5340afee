'use client';

import { ActionForm } from '@/components/ui/action-form.tsx';
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
  return (
    <Dialog title={`Role of ${person.name}`} description="Holds from their next click on." open onOpenChange={onClose}>
      <ActionForm
        action={changePersonRoleAction}
        onDone={() => {
          onClose();
          showToast(`Role and accounts of ${person.name} changed.`);
        }}
        submitLabel="Change"
      >
        {(faults) => (
          <>
            <input type="hidden" name="userId" value={person.id} />
            <RoleFields chosen={person.role} accounts={person.accounts} teams={person.teams} faults={faults} />
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
