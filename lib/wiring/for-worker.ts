import { openAwsEstate } from '../aws/aws-estate.ts';
import { toScanPolicy } from '../core/coverage/scan-policy.ts';
import type { AwsEstate } from '../core/ports/aws-estate.ts';
import { changedKeys } from '../feeds/advisory-index/changed-keys.ts';
import { indexFiles } from '../feeds/advisory-index/index-files.ts';
import { syncFeeds } from '../feeds/sync-feeds.ts';
import { readVexFiles, vexPaths } from '../feeds/vex-files.ts';
import { openHostDirectory } from '../filesystem/host-directory.ts';
import type { JobHandler, JobKind } from '../jobs/contracts.ts';
import { applyPolicyHandler } from '../jobs/handlers/apply-policy.ts';
import { applyRetentionHandler } from '../jobs/handlers/apply-retention.ts';
import { applyScoringHandler } from '../jobs/handlers/apply-scoring.ts';
import { applySuppressionHandler } from '../jobs/handlers/apply-suppression.ts';
import { checkAwsHandler } from '../jobs/handlers/check-aws.ts';
import { discoverEstateHandler } from '../jobs/handlers/discover-estate.ts';
import { endExpiredRulesHandler } from '../jobs/handlers/end-expired-rules.ts';
import { loadSampleHandler } from '../jobs/handlers/load-sample.ts';
import { rematchAdvisoriesHandler } from '../jobs/handlers/rematch-advisories.ts';
import { removeSampleHandler } from '../jobs/handlers/remove-sample.ts';
import { scanEstateHandler } from '../jobs/handlers/scan-estate.ts';
import { scanHostHandler } from '../jobs/handlers/scan-host.ts';
import { scanImageHandler } from '../jobs/handlers/scan-image.ts';
import { scanNetworkHandler } from '../jobs/handlers/scan-network.ts';
import { scanUploadHandler } from '../jobs/handlers/scan-upload.ts';
import { sendMailHandler } from '../jobs/handlers/send-mail.ts';
import { syncFeedsHandler } from '../jobs/handlers/sync-feeds.ts';
import { triageFindingsHandler } from '../jobs/handlers/triage-findings.ts';
import { verifyChainHandler } from '../jobs/handlers/verify-chain.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { SCAN_POLICY_SETTING } from '../operations/scan-policy/scan-policy.ts';
import { awsCollectors, removeLeftSnapshots } from './collect-aws.ts';
import { collectOutside, removeLeftFiles } from './collect-outside.ts';
import { openDependencies } from './dependencies.ts';
import { readEnvironment } from './environment.ts';
import { identifyHost } from './identify-host.ts';

/** One handler for each job kind; the compiler asks for a missing one. */
type Handlers = { readonly [K in JobKind]: JobHandler<K> };

export interface BuiltWorker {
  readonly handlers: readonly JobHandler<JobKind>[];
  readonly dependencies: Dependencies;
  openAws(): AwsEstate;
  close(): Promise<void>;
}

/** Everything the worker process runs, over the walls of this machine. */
export async function buildWorker(): Promise<BuiltWorker> {
  const environment = readEnvironment();
  if (environment.databaseUrl === null) {
    throw new Error('DATABASE_URL is not set. Start Harrier with "npm start", which brings its own database.');
  }
  const { dataDirectory, feeds } = environment;
  const { dependencies, close } = openDependencies(environment, environment.databaseUrl);
  const readVex = async () => readVexFiles(await vexPaths(dataDirectory));
  await removeLeftFiles(dataDirectory);
  const outside = collectOutside(dataDirectory);
  const openAws = () => openAwsEstate(environment.aws);
  const handlers = {
    'sync-feeds': syncFeedsHandler({
      dependencies,
      sync: (request) => syncFeeds({ ...request, dataDirectory, from: feeds, now: dependencies.clock.now() }),
    }),
    'scan-host': scanHostHandler({
      dependencies,
      openHost: (root, signal) => openHostDirectory(root, { signal, exclude: [dataDirectory] }),
      identify: () => identifyHost(dataDirectory),
      readVex,
    }),
    'scan-image': scanImageHandler({ dependencies, readVex, pull: outside.pull }),
    'scan-upload': scanUploadHandler({ dependencies, readVex, collectUpload: outside.collectUpload }),
    'rematch-advisories': rematchAdvisoriesHandler({
      dependencies,
      changedKeys: (before, after) => changedKeys(indexFiles(dataDirectory), before, after),
      readVex,
    }),
    'apply-policy': applyPolicyHandler({ dependencies }),
    'apply-scoring': applyScoringHandler({ dependencies }),
    'triage-findings': triageFindingsHandler({ dependencies }),
    'apply-suppression': applySuppressionHandler({ dependencies }),
    'end-expired-rules': endExpiredRulesHandler({ dependencies }),
    'apply-retention': applyRetentionHandler({ dependencies }),
    'verify-chain': verifyChainHandler({ dependencies }),
    'send-mail': sendMailHandler({ dependencies }),
    'discover-estate': discoverEstateHandler({
      dependencies,
      openAws,
      policy: async () => toScanPolicy(await dependencies.users.setting(SCAN_POLICY_SETTING)),
    }),
    'check-aws': checkAwsHandler({ dependencies, openAws }),
    'scan-estate': scanEstateHandler({
      dependencies,
      readVex,
      openCollectors: () => awsCollectors(dependencies, dataDirectory, outside.image, environment.aws),
      removeLeftSnapshots: () => removeLeftSnapshots(dependencies, environment.aws),
    }),
    'scan-network': scanNetworkHandler({ dependencies }),
    'load-sample': loadSampleHandler({ dependencies }),
    'remove-sample': removeSampleHandler({ dependencies }),
  } satisfies Handlers;
  return { handlers: Object.values(handlers), dependencies, openAws, close };
}
