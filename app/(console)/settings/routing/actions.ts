'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { setRoutingRules } from '@/lib/operations/duty/routing-rules.ts';

/** Saves the rules, or with `preview` only says what they would do. */
export const setRoutingRulesAction = guardAction(setRoutingRules, { revalidate: '/settings/routing' });
