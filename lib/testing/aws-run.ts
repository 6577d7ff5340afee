import { mkdirSync } from 'node:fs';
import { openAwsEstate } from '../aws/aws-estate.ts';
import type { AwsOptions } from '../aws/session.ts';
import { SCAN_POLICY } from '../core/coverage/eligibility.ts';
import type { ChangedPlace } from '../core/model/cloud.ts';
import { jobId } from '../core/model/ids.ts';
import type { JobContext, JobResult } from '../jobs/contracts.ts';
import { discoverEstateHandler } from '../jobs/handlers/discover-estate.ts';
import { scanEstateHandler } from '../jobs/handlers/scan-estate.ts';
import { scanNetworkHandler } from '../jobs/handlers/scan-network.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { awsCollectors } from '../wiring/collect-aws.ts';
import { collectOutside } from '../wiring/collect-outside.ts';

export interface AwsRun extends JobResult {
  /** What the job's log has. */
  readonly lines: readonly string[];
}

/** The id of the job that scans are recorded under; its row has to be there. */
export const SCAN_JOB = '00000000-0000-4000-8000-000000000001';

function context(): JobContext & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    id: jobId(SCAN_JOB),
    signal: new AbortController().signal,
    lines,
    progress: async () => undefined,
    log: async (_level, text) => {
      lines.push(text);
    },
  };
}

/** Looks at all connections, or at places alone, as the worker's job does. */
export async function runDiscovery(
  dependencies: Dependencies,
  aws: AwsOptions,
  places: readonly ChangedPlace[] = [],
): Promise<AwsRun> {
  const job = context();
  const handler = discoverEstateHandler({
    dependencies,
    openAws: () => openAwsEstate(aws),
    policy: async () => SCAN_POLICY,
  });
  const result = await handler.run({ connections: [], places }, job);
  return { ...result, lines: job.lines };
}

/** Reads and scans what is due, as the worker's job does. */
export async function runEstateScan(dependencies: Dependencies, aws: AwsOptions, folder: string): Promise<AwsRun> {
  const job = context();
  mkdirSync(folder, { recursive: true });
  const outside = collectOutside(folder);
  const handler = scanEstateHandler({
    dependencies,
    readVex: async () => ({ statements: [], problems: [] }),
    removeLeftSnapshots: async () => undefined,
    openCollectors: () => awsCollectors(dependencies, folder, outside.image, aws),
  });
  const result = await handler.run({}, job);
  return { ...result, lines: job.lines };
}

/** Works out exposure where it is due, as the worker's job does. */
export async function runNetworkScan(dependencies: Dependencies): Promise<AwsRun> {
  const job = context();
  const result = await scanNetworkHandler({ dependencies }).run({}, job);
  return { ...result, lines: job.lines };
}
