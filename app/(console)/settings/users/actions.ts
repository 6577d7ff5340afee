'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { changePersonRole } from '@/lib/operations/users/change-person-role.ts';
import { invitePerson } from '@/lib/operations/users/invite-person.ts';
import { renewPasswordLink } from '@/lib/operations/users/renew-password-link.ts';
import { revokePersonSessions } from '@/lib/operations/users/revoke-person-sessions.ts';
import { setPersonDisabled } from '@/lib/operations/users/set-person-disabled.ts';

const shown = { revalidate: '/settings/users' };

export const invitePersonAction = guardAction(invitePerson, shown);
export const changePersonRoleAction = guardAction(changePersonRole, shown);
export const setPersonDisabledAction = guardAction(setPersonDisabled, shown);
export const revokePersonSessionsAction = guardAction(revokePersonSessions, shown);
export const renewPasswordLinkAction = guardAction(renewPasswordLink, shown);
