import {
  type InstanceInformation,
  ListInventoryEntriesCommand,
  paginateDescribeInstanceInformation,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { ManagedInstance, Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

const PAGE = 50;
/** No instance has so many pages of software; a list that repeats itself ends here. */
const PAGES_MAX = 1_000;

/** What SSM manages in a region, by instance id. */
export async function describeManaged(
  sessions: AwsSessions,
  place: Place,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ManagedInstance>> {
  const client = sessions.client('ssm', SSMClient, place);
  const found = new Map<string, ManagedInstance>();
  for await (const page of paginateDescribeInstanceInformation({ client, pageSize: PAGE }, {})) {
    signal.throwIfAborted();
    for (const raw of page.InstanceInformationList ?? []) {
      if (raw.InstanceId !== undefined) found.set(raw.InstanceId, toManaged(raw));
    }
  }
  return found;
}

function toManaged(raw: InstanceInformation): ManagedInstance {
  return {
    isOnline: raw.PingStatus === 'Online',
    inventoryAt: raw.LastSuccessfulAssociationExecutionDate ?? null,
    platformName: raw.PlatformName ?? '',
    platformVersion: raw.PlatformVersion ?? '',
    agentVersion: raw.AgentVersion ?? '',
  };
}

export interface SoftwareInventory {
  /** When the agent last told; null where it never has. */
  readonly capturedAt: Date | null;
  readonly entries: readonly Readonly<Record<string, string>>[];
}

/** Everything that the inventory of an instance has of one type, such as `AWS:Application`. */
export async function readInventory(
  sessions: AwsSessions,
  place: Place,
  instanceId: string,
  typeName: string,
  signal: AbortSignal,
): Promise<SoftwareInventory> {
  const client = sessions.client('ssm', SSMClient, place);
  const entries: Record<string, string>[] = [];
  let capturedAt: Date | null = null;
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await client.send(
      new ListInventoryEntriesCommand({
        InstanceId: instanceId,
        TypeName: typeName,
        MaxResults: PAGE,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
      { abortSignal: signal },
    );
    entries.push(...(answer.Entries ?? []));
    const at = Date.parse(answer.CaptureTime ?? '');
    capturedAt ??= Number.isNaN(at) ? null : new Date(at);
    token = answer.NextToken || undefined;
    if (token === undefined) break;
  }
  return { capturedAt, entries };
}
