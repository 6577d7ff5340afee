'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { previewTarget } from '@/lib/operations/targets/preview-target.ts';
import { removeSchedule } from '@/lib/operations/targets/remove-schedule.ts';
import { removeTarget } from '@/lib/operations/targets/remove-target.ts';
import { rerunFailed } from '@/lib/operations/targets/rerun-failed.ts';
import { saveQuietTime } from '@/lib/operations/targets/save-quiet-time.ts';
import { saveSchedule } from '@/lib/operations/targets/save-schedule.ts';
import { saveTarget } from '@/lib/operations/targets/save-target.ts';
import { scanTarget } from '@/lib/operations/targets/scan-target.ts';

const shown = { revalidate: '/scans' };

export const previewTargetAction = guardAction(previewTarget);
export const saveTargetAction = guardAction(saveTarget, shown);
export const removeTargetAction = guardAction(removeTarget, shown);
export const scanTargetAction = guardAction(scanTarget);
export const saveScheduleAction = guardAction(saveSchedule, shown);
export const saveQuietTimeAction = guardAction(saveQuietTime, shown);
export const removeScheduleAction = guardAction(removeSchedule, shown);
export const rerunFailedAction = guardAction(rerunFailed);
