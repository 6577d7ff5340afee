'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { markIntended } from '@/lib/operations/network/mark-intended.ts';
import { tryNetworkChanges } from '@/lib/operations/network/try-changes.ts';

export const markIntendedAction = guardAction(markIntended, { revalidate: '/exposure' });
export const tryChangesAction = guardAction(tryNetworkChanges);
