'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { setSlaPolicy } from '@/lib/operations/duty/sla-policy.ts';

/** Saves the policy, or with `preview` only says what it would do. */
export const setSlaPolicyAction = guardAction(setSlaPolicy, { revalidate: '/settings/sla' });
