import { isAllowed, type Role } from '@/lib/core/model/permissions.ts';

/** What the reader may do with findings. A control beyond that stays in view and says who can. */
export interface TriageRights {
  readonly userId: string;
  readonly name: string;
  readonly triage: boolean;
  readonly accept: boolean;
  readonly propose: boolean;
}

export function rightsOf(caller: {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}): TriageRights {
  return {
    userId: caller.userId,
    name: caller.name,
    triage: isAllowed(caller.role, 'findings:triage'),
    accept: isAllowed(caller.role, 'risk:accept'),
    propose: isAllowed(caller.role, 'suppression:propose'),
  };
}

export const NO_TRIAGE = 'Your role may read findings and not change them. An admin can give you the role Triage.';
export const NO_ACCEPT = 'Your role may not accept a risk. A lead of the account or Security can.';
export const NO_PROPOSE = 'Your role may not hide findings by a rule. Security, or a lead, can.';
