import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadCode } from '../aws/download.ts';
import { openSnapshot } from '../aws/ebs.ts';
import { type RegistryLogin, registryLogin } from '../aws/ecr.ts';
import { awsFailure } from '../aws/failure.ts';
import { type CodeLocation, functionCode, layerCode } from '../aws/lambda.ts';
import { type AwsOptions, openAwsSessions } from '../aws/session.ts';
import { removeSnapshots, takeSnapshots } from '../aws/snapshots.ts';
import { readInventory } from '../aws/ssm.ts';
import { SCAN_WINDOW_HOURS } from '../core/coverage/window.ts';
import { failedInventory } from '../core/inventory/failed-inventory.ts';
import { collectFunction } from '../core/inventory/function.ts';
import { collectHost } from '../core/inventory/host-filesystem.ts';
import { collectSsmInventory } from '../core/inventory/ssm-inventory.ts';
import { collectWindowsSoftware } from '../core/inventory/windows-software.ts';
import { AppError, type AppErrorCode } from '../core/model/app-error.ts';
import type { Place } from '../core/model/cloud.ts';
import type { Diagnostic } from '../core/model/diagnostic.ts';
import { USUAL_PLATFORM } from '../core/model/image-resource.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { openDiskVolumes } from '../core/parsers/disk/disk-volumes.ts';
import { type MachineVolume, machineTree } from '../core/parsers/disk/machine-tree.ts';
import type { AwsCollectors } from '../core/ports/aws-estate.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import { openZipTree, type ZipTree } from '../filesystem/zip-tree.ts';
import { openRegistryImage } from '../images/registry/open-registry-image.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { collectByCommand } from './collect-aws-command.ts';

const HOUR_MS = 3_600_000;
/** Amazon Inspector's limit for the volumes of an instance together. GiB. */
const VOLUMES_GIB_MAX = 1_200;
/** How long reading the snapshots of one instance may take: what a worker has taken is due again after half an hour. */
const SNAPSHOT_MS_MAX = 25 * 60_000;
/** A login is used so long where AWS states no end that could be true. */
const LOGIN_MS = 6 * HOUR_MS;

export interface CollectAwsOptions extends AwsOptions {
  readonly dataDirectory: string;
  /** Reads an image layer by layer, with what is kept of layers. */
  image(source: ImageSource, signal: AbortSignal): Promise<Inventory>;
  now(): Date;
  /** Told before snapshots are taken, and after they are removed, so that a later run removes those of one that died. */
  snapshots: {
    begin(scanId: string, place: Place): Promise<void>;
    end(scanId: string): Promise<void>;
  };
}

/** How a worker reads what is in AWS. */
export function openAwsCollectors(options: CollectAwsOptions): AwsCollectors & { close(): void } {
  const sessions = openAwsSessions(options);
  const logins = new Map<string, { readonly login: Promise<RegistryLogin | null>; readonly until: number }>();

  const loginTo = (place: Place): Promise<RegistryLogin | null> => {
    const key = `${place.account.id} ${place.region}`;
    const known = logins.get(key);
    if (known !== undefined && options.now().getTime() < known.until) return known.login;
    const login = registryLogin(sessions, place);
    logins.set(key, { login, until: options.now().getTime() + LOGIN_MS });
    login.catch(() => logins.delete(key));
    return login;
  };

  const download = async <T>(
    parts: readonly CodeLocation[],
    signal: AbortSignal,
    work: (trees: readonly ZipTree[]) => Promise<T>,
  ): Promise<T> => {
    const directory = join(options.dataDirectory, 'tmp', 'functions');
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const paths: string[] = [];
    const trees: ZipTree[] = [];
    try {
      for (const part of parts) {
        const path = join(directory, randomUUID());
        paths.push(path);
        await downloadCode(part, path, options.endpoint, signal);
        trees.push(await openZipTree(path, { signal }));
      }
      return await work(trees);
    } finally {
      for (const tree of trees) await tree.close();
      for (const path of paths) await rm(path, { force: true });
    }
  };

  const collectors: AwsCollectors & { close(): void } = {
    'ssm-inventory': ({ place, facts, signal }) =>
      orFailed('ssm:ListInventoryEntries', signal, async () => {
        const read = (type: string) => readInventory(sessions, place, facts.instanceId, type, signal);
        const { capturedAt, entries } = await read('AWS:Application');
        const { platformName = '', platformVersion = '' } = facts.managed ?? {};
        const inventory =
          facts.platform === 'WINDOWS'
            ? collectWindowsSoftware({
                platformName,
                platformVersion,
                applications: entries,
                updates: (await read('AWS:WindowsUpdate')).entries,
              })
            : collectSsmInventory({ platformName, platformVersion, entries });
        return capturedAt === null ? inventory : staleAfter(inventory, capturedAt, options.now());
      }),
    'ssm-command': (request) =>
      orFailed('ssm:SendCommand', request.signal, () =>
        collectByCommand(sessions, request, () => collectors['ssm-inventory'](request)),
      ),
    snapshot: ({ place, facts, signal }) =>
      orFailed('ec2:CreateSnapshots', signal, async () => {
        const scanId = randomUUID();
        const limit = AbortSignal.timeout(SNAPSHOT_MS_MAX);
        const limited = AbortSignal.any([signal, limit]);
        await options.snapshots.begin(scanId, place);
        try {
          const taken = await takeSnapshots(sessions, place, facts.instanceId, scanId, limited);
          const total = taken.reduce((sum, { size }) => sum + size, 0);
          if (total > VOLUMES_GIB_MAX) {
            return failedInventory(
              `Its volumes have ${total} GiB together, more than is read.`,
              'AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED',
            );
          }
          const volumes: MachineVolume[] = [];
          for (const { id, volumeId } of taken) {
            const source = await openSnapshot(sessions, place, id, limited);
            for (const volume of await openDiskVolumes(source)) {
              const part = volume.number === 0 ? '' : `, partition ${volume.number}`;
              volumes.push({ name: `${volumeId}${part}`, volume });
            }
          }
          const { tree, missing } = await machineTree(volumes);
          if (tree === null) return failedInventory(missing.join(' '), 'VOLUME_NOT_READ');
          return withMissing(await collectHost(tree, limited), missing);
        } catch (error) {
          if (signal.aborted || !limit.aborted) throw error;
          return failedInventory(
            'Its snapshots could not be read within 25 minutes.',
            'AGENTLESS_INSTANCE_COLLECTION_TIME_LIMIT_EXCEEDED',
          );
        } finally {
          await removeSnapshots(sessions, place, scanId);
          await options.snapshots.end(scanId);
        }
      }),
    registry: ({ place, facts, signal }) =>
      orFailed('ecr:BatchGetImage', signal, async () => {
        const login = await loginTo(place);
        if (login === null) return failedInventory('AWS gave no login to the registry.', 'ACCESS_DENIED');
        const registry = new URL(login.endpoint).host;
        const source = await openRegistryImage(
          { registry, repository: facts.repository, asked: facts.digest, digest: facts.digest },
          {
            platform: USUAL_PLATFORM,
            signal,
            found: {
              credentials: { kind: 'password', user: login.username, password: login.password },
              remark: null,
            },
          },
        );
        return options.image(source, signal);
      }),
    'function-code': ({ place, facts, signal }) =>
      orFailed('lambda:GetFunction', signal, async () => {
        const code = await functionCode(sessions, place, facts.functionName);
        if (code === null) return failedInventory('AWS gave no address of its code.', 'UNSUPPORTED_CODE_ARTIFACTS');
        const layers: CodeLocation[] = [];
        const missing: string[] = [];
        for (const arn of facts.layers) {
          const layer = await layerCode(sessions, place, arn).catch((error: unknown) => {
            signal.throwIfAborted();
            missing.push(`The layer ${arn} could not be read: ${awsFailure(error, 'lambda:GetLayerVersion').message}`);
            return null;
          });
          if (layer !== null) layers.push(layer);
        }
        return download([...layers, code], signal, async (trees) => {
          const inventory = await collectFunction(
            { code: trees[trees.length - 1] as ZipTree, layers: trees.slice(0, -1) },
            signal,
          );
          return withMissing(inventory, missing);
        });
      }),
    close: () => sessions.close(),
  };
  return collectors;
}

/** Removes what a worker that died has left in AWS. */
export async function removeLeftSnapshots({ cloud, clock }: Dependencies, aws: AwsOptions): Promise<void> {
  const left = await cloud.leftSnapshots(new Date(clock.now().getTime() - 2 * SNAPSHOT_MS_MAX));
  if (left.length === 0) return;
  const sessions = openAwsSessions(aws);
  try {
    for (const { scanId, place } of left) {
      await removeSnapshots(sessions, place, scanId);
      await cloud.endSnapshots(scanId);
    }
  } finally {
    sessions.close();
  }
}

/** Collectors that note their snapshots in the database. */
export function awsCollectors(
  { cloud, clock }: Dependencies,
  dataDirectory: string,
  image: CollectAwsOptions['image'],
  options: AwsOptions,
): AwsCollectors & { close(): void } {
  return openAwsCollectors({
    ...options,
    dataDirectory,
    image,
    now: () => clock.now(),
    snapshots: {
      begin: (scanId, place) => cloud.beginSnapshots(scanId, place, clock.now()),
      end: (scanId) => cloud.endSnapshots(scanId),
    },
  });
}

/** What could not be looked at makes the result partial: nothing that was found there before is fixed. */
function withMissing(inventory: Inventory, missing: readonly string[]): Inventory {
  if (missing.length === 0) return inventory;
  const said = missing.map((message): Diagnostic => ({ level: 'warning', path: null, message }));
  return {
    ...inventory,
    outcome: inventory.outcome === 'complete' ? 'partial' : inventory.outcome,
    diagnostics: [...said, ...inventory.diagnostics],
    ...(inventory.reason === undefined ? { reason: 'SCANNED_IN_PART' } : {}),
  };
}

/** An inventory that nobody has renewed lately tells of the past. */
function staleAfter(inventory: Inventory, capturedAt: Date, now: Date): Inventory {
  const hours = Math.floor((now.getTime() - capturedAt.getTime()) / HOUR_MS);
  if (hours < SCAN_WINDOW_HOURS || inventory.outcome === 'failed') return inventory;
  const old = withMissing(inventory, [`The inventory of SSM is ${hours} hours old: its agent is silent.`]);
  return { ...old, reason: 'STALE_INVENTORY' };
}

const REASONS: Readonly<Record<ReturnType<typeof awsFailure>['state'], string>> = {
  denied: 'ACCESS_DENIED',
  off: 'REGION_NOT_ENABLED',
  unreachable: 'REGION_UNREACHABLE',
  throttled: 'INTERNAL_ERROR',
  failed: 'INTERNAL_ERROR',
  gone: 'VANISHED',
};

const APP_REASONS: Readonly<Partial<Record<AppErrorCode, string>>> = {
  'access-denied': 'ACCESS_DENIED',
  'not-found': 'VANISHED',
};

/** A failure of AWS or of the registry is a failed inventory with its reason. */
async function orFailed(action: string, signal: AbortSignal, work: () => Promise<Inventory>): Promise<Inventory> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) {
      return failedInventory(error.message, APP_REASONS[error.code] ?? 'INTERNAL_ERROR');
    }
    const { state, message } = awsFailure(error, action);
    const isKey = /kms/i.test(error instanceof Error ? `${error.name} ${error.message}` : '');
    return failedInventory(message, isKey && state === 'denied' ? 'ACCESS_DENIED_TO_ENCRYPTION_KEY' : REASONS[state]);
  }
}
