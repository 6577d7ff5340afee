'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { explainVulnerability } from '@/lib/operations/console/explain-vulnerability.ts';
import { watchVulnerability } from '@/lib/operations/console/watch-vulnerability.ts';

export const explainVulnerabilityAction = guardAction(explainVulnerability);
export const watchVulnerabilityAction = guardAction(watchVulnerability);
