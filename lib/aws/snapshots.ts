import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateSnapshotsCommand,
  DeleteSnapshotCommand,
  EC2Client,
  paginateDescribeSnapshots,
} from '@aws-sdk/client-ec2';
import { AppError } from '../core/model/app-error.ts';
import { SNAPSHOT_TAG } from '../core/model/aws-permission.ts';
import type { Place } from '../core/model/cloud.ts';
import { awsFailure } from './failure.ts';
import type { AwsSessions } from './session.ts';

const LOOK_MS = 2_000;

export interface TakenSnapshot {
  readonly id: string;
  readonly volumeId: string;
  /** GiB. */
  readonly size: number;
}

/** Takes a snapshot of every volume of an instance at the same moment. They are complete when this resolves. */
export async function takeSnapshots(
  sessions: AwsSessions,
  place: Place,
  instanceId: string,
  scanId: string,
  signal: AbortSignal,
): Promise<readonly TakenSnapshot[]> {
  const client = sessions.client('ec2', EC2Client, place);
  const { Snapshots = [] } = await client.send(
    new CreateSnapshotsCommand({
      InstanceSpecification: { InstanceId: instanceId, ExcludeBootVolume: false },
      Description: `Harrier scan of ${instanceId}`,
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: SNAPSHOT_TAG, Value: scanId }] }],
    }),
  );
  const taken = Snapshots.flatMap(({ SnapshotId, VolumeId = '', VolumeSize = 0 }) =>
    SnapshotId === undefined ? [] : [{ id: SnapshotId, volumeId: VolumeId, size: VolumeSize }],
  );
  const waiting = new Set(taken.map(({ id }) => id));
  while (waiting.size > 0) {
    for await (const page of paginateDescribeSnapshots({ client }, { SnapshotIds: [...waiting] })) {
      for (const { SnapshotId = '', State } of page.Snapshots ?? []) {
        if (State === 'error')
          throw new AppError('unavailable', `AWS could not take the snapshot ${SnapshotId} of ${instanceId}.`);
        if (State === 'completed') waiting.delete(SnapshotId);
      }
    }
    if (waiting.size > 0) await wait(LOOK_MS, undefined, { signal });
  }
  return taken;
}

/** Deletes the snapshots of a scan, also those that nobody was told of because their maker died. Says how many. */
export async function removeSnapshots(sessions: AwsSessions, place: Place, scanId: string): Promise<number> {
  const client = sessions.client('ec2', EC2Client, place);
  const asked = { OwnerIds: ['self'], Filters: [{ Name: `tag:${SNAPSHOT_TAG}`, Values: [scanId] }] };
  let removed = 0;
  for await (const { Snapshots = [] } of paginateDescribeSnapshots({ client }, asked)) {
    for (const { SnapshotId } of Snapshots) {
      if (SnapshotId === undefined) continue;
      await client.send(new DeleteSnapshotCommand({ SnapshotId })).catch((error: unknown) => {
        if (awsFailure(error, 'ec2:DeleteSnapshot').state !== 'gone') throw error;
      });
      removed += 1;
    }
  }
  return removed;
}
