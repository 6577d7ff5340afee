'use client';

import { Ellipsis } from 'lucide-react';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuItem } from '@/components/ui/menu.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import type { PersonView } from '@/lib/operations/users/list-people.ts';
import { renewPasswordLinkAction, revokePersonSessionsAction, setPersonDisabledAction } from '../actions.ts';
import type { ShownLink } from './link-dialog.tsx';

interface Props {
  readonly person: PersonView;
  readonly onChangeRole: (person: PersonView) => void;
  readonly onLink: (link: ShownLink) => void;
}

export function PersonMenu({ person, onChangeRole, onLink }: Props) {
  const [pending, startTransition] = useTransition();
  const userId = person.id;

  function run<T>(work: () => Promise<ActionResult<T>>, done: (value: T) => void): void {
    startTransition(async () => {
      const result = await work();
      if (result.ok) {
        done(result.value);
      } else {
        showToast(result.message, { error: true });
      }
    });
  }

  return (
    <Menu
      trigger={
        <Button kind="ghost" icon disabled={pending} aria-label={`Change ${person.name}`}>
          <Ellipsis size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem onSelect={() => onChangeRole(person)}>Change role and accounts</MenuItem>
      <MenuItem disabled={person.disabled} onSelect={() => run(() => renewPasswordLinkAction({ userId }), onLink)}>
        Make a password link
      </MenuItem>
      <MenuItem
        disabled={person.sessions === 0}
        onSelect={() =>
          run(
            () => revokePersonSessionsAction({ userId }),
            ({ ended }) => showToast(`${ended === 1 ? '1 session' : `${ended} sessions`} of ${person.name} ended.`),
          )
        }
      >
        End all sessions
      </MenuItem>
      <MenuItem
        onSelect={() =>
          run(
            () => setPersonDisabledAction({ userId, disabled: !person.disabled }),
            () => showToast(person.disabled ? `${person.name} may sign in again.` : `${person.name} is shut out.`),
          )
        }
      >
        {person.disabled ? 'Enable sign-in' : 'Disable sign-in'}
      </MenuItem>
    </Menu>
  );
}
