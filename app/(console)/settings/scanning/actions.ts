'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { setScanPolicy } from '@/lib/operations/scan-policy/scan-policy.ts';

export const setScanPolicyAction = guardAction(setScanPolicy, { revalidate: '/settings/scanning' });
