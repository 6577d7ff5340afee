'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { startChainCheck } from '@/lib/operations/history/start-chain-check.ts';
import { undoTriageAct } from '@/lib/operations/triage/undo-triage-act.ts';

export const startChainCheckAction = guardAction(startChainCheck);
export const undoActAction = guardAction(undoTriageAct, { revalidate: '/activity' });
