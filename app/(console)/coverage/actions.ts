'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { widenScanPolicy } from '@/lib/operations/scan-policy/scan-policy.ts';

export const widenScanPolicyAction = guardAction(widenScanPolicy, { revalidate: '/coverage' });
