'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { widenScanPolicy } from '@/lib/operations/scan-policy/scan-policy.ts';
import { scanResources } from '@/lib/operations/targets/scan-resources.ts';

export const widenScanPolicyAction = guardAction(widenScanPolicy, { revalidate: '/coverage' });
export const scanResourcesAction = guardAction(scanResources);
