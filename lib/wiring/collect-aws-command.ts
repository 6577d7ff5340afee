import { awsFailure } from '../aws/failure.ts';
import { type CommandRun, runCommand } from '../aws/run-command.ts';
import type { AwsSessions } from '../aws/session.ts';
import { failedInventory } from '../core/inventory/failed-inventory.ts';
import { hostFilesCommand } from '../core/inventory/host-files-command.ts';
import { gatherHostResult, type HostFailure } from '../core/inventory/host-files-slices.ts';
import { collectSsmCommand } from '../core/inventory/ssm-command.ts';
import type { InstanceFacts } from '../core/model/cloud.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { CollectRequest } from '../core/ports/aws-estate.ts';

/** What a worker that died has taken is due again after half an hour; no instance may take as long. */
const ALL_MS = 25 * 60_000;
const DENIED = 'ACCESS_DENIED';
const TIME_LIMIT = 'DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED';

/**
 * The packages of an instance from commands that run on it, one for each slice of the result. Where nobody may send commands, what
 * `inventory` has, with a word on it. What else AWS refuses is thrown.
 */
export async function collectByCommand(
  sessions: AwsSessions,
  { place, facts, signal }: CollectRequest<InstanceFacts>,
  inventory: () => Promise<Inventory>,
): Promise<Inventory> {
  const limit = AbortSignal.timeout(ALL_MS);
  const limited = AbortSignal.any([signal, limit]);
  const run = async (offset: number): Promise<string | HostFailure> => {
    try {
      const lines = hostFilesCommand(offset).split('\n');
      return outputOf(await runCommand(sessions, place, facts.instanceId, lines, limited));
    } catch (error) {
      signal.throwIfAborted();
      if (limit.aborted) return failure('All commands together took longer than 25 minutes.', TIME_LIMIT);
      const { state, message } = awsFailure(error, 'ssm:SendCommand');
      if (state === 'denied') return failure(message, DENIED);
      throw error;
    }
  };
  const result = await gatherHostResult(run);
  if (result.kind === 'whole') return collectSsmCommand(result.base64, signal);
  if (result.reason === DENIED) return withoutCommand(await inventory(), result.message);
  return failedInventory(result.message, result.reason);
}

function outputOf({ status, detail, stdout, stderr }: CommandRun): string | HostFailure {
  switch (status) {
    case 'success':
      return stdout;
    case 'denied':
      return failure('Run Command is denied on the instance.', DENIED);
    case 'undelivered':
      return failure(`SSM could not deliver the command to the instance (${detail}).`, 'UNMANAGED_EC2_INSTANCE');
    case 'timed-out':
      return failure(`The command did not end in time on the instance (${detail}).`, TIME_LIMIT);
    case 'failed': {
      const [line = ''] = stderr.trim().split('\n', 1);
      const said = line.replace(/\p{Cc}/gu, ' ').slice(0, 200);
      return failure(`The command failed on the instance (${said === '' ? detail : said}).`, 'INTERNAL_ERROR');
    }
  }
}

function failure(message: string, reason: string): HostFailure {
  return { kind: 'failed', message, reason };
}

function withoutCommand(inventory: Inventory, why: string): Inventory {
  const message = `${why} Its packages are those of the inventory of SSM.`;
  return { ...inventory, diagnostics: [...inventory.diagnostics, { level: 'info', path: null, message }] };
}
