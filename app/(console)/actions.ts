'use server';

import { guardAction } from '@/lib/auth/guard-action.ts';
import { storeAccountSet } from '@/lib/operations/console/account-set.ts';
import { cancelJob } from '@/lib/operations/console/cancel-job.ts';
import { loadSample } from '@/lib/operations/console/load-sample.ts';
import { removeSample } from '@/lib/operations/console/remove-sample.ts';
import { startFeedSync } from '@/lib/operations/console/start-feed-sync.ts';
import { startHostScan } from '@/lib/operations/console/start-host-scan.ts';
import { startImageScan } from '@/lib/operations/console/start-image-scan.ts';
import { savePreferences } from '@/lib/operations/personal/preferences.ts';
import { scanResource } from '@/lib/operations/targets/scan-resource.ts';
import { startUploadScan } from '@/lib/operations/uploads/start-upload-scan.ts';

export const saveScopesAction = guardAction(savePreferences);
export const storeAccountSetAction = guardAction(storeAccountSet);
export const scanResourceAction = guardAction(scanResource);
export const startImageScanAction = guardAction(startImageScan);
export const startUploadScanAction = guardAction(startUploadScan);
export const startHostScanAction = guardAction(startHostScan);
export const startFeedSyncAction = guardAction(startFeedSync);
export const loadSampleAction = guardAction(loadSample);
export const removeSampleAction = guardAction(removeSample);
export const cancelJobAction = guardAction(cancelJob, { revalidate: '/scans' });
