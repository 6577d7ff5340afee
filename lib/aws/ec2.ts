import { DescribeRegionsCommand, EC2Client, type Instance, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { InstanceFacts, Place } from '../core/model/cloud.ts';
import { environmentOf } from '../core/model/environment.ts';
import type { AwsSessions } from './session.ts';
import { tagsOf } from './tags.ts';

export interface DescribedInstance {
  readonly facts: Omit<InstanceFacts, 'managed' | 'managedUnknown'>;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly environment: string | null;
}

const PAGE = 1_000;

/** Regions that the account has enabled. */
export async function enabledRegions(sessions: AwsSessions, place: Place): Promise<readonly string[]> {
  const client = sessions.client('ec2', EC2Client, place);
  const { Regions = [] } = await client.send(new DescribeRegionsCommand({ AllRegions: false }));
  return Regions.flatMap(({ RegionName }) => (RegionName === undefined ? [] : [RegionName])).sort();
}

/** Instances of every state but gone ones. */
export async function describeInstances(
  sessions: AwsSessions,
  place: Place,
  signal: AbortSignal,
): Promise<readonly DescribedInstance[]> {
  const client = sessions.client('ec2', EC2Client, place);
  const found: DescribedInstance[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize: PAGE }, {})) {
    signal.throwIfAborted();
    found.push(...Reservations.flatMap(({ Instances = [] }) => Instances.flatMap(toInstance)));
  }
  return found;
}

/** Terminated instances stay listed for about an hour; they are gone. */
const GONE = new Set(['terminated', 'shutting-down']);

export function toInstance(raw: Instance): readonly DescribedInstance[] {
  const { InstanceId, State } = raw;
  if (InstanceId === undefined || GONE.has(State?.Name ?? '')) return [];
  const tags = tagsOf(raw.Tags);
  return [
    {
      name: tags.Name || InstanceId,
      tags,
      environment: environmentOf(tags),
      facts: {
        kind: 'ec2',
        instanceId: InstanceId,
        state: State?.Name ?? 'unknown',
        instanceType: raw.InstanceType ?? '',
        imageId: raw.ImageId ?? '',
        platform: /windows/i.test(`${raw.Platform ?? ''} ${raw.PlatformDetails ?? ''}`) ? 'WINDOWS' : 'LINUX',
        architecture: raw.Architecture ?? '',
        vpcId: raw.VpcId ?? null,
        subnetId: raw.SubnetId ?? null,
        launchedAt: raw.LaunchTime ?? null,
        profileArn: raw.IamInstanceProfile?.Arn ?? null,
        volumes: (raw.BlockDeviceMappings ?? []).flatMap(({ DeviceName, Ebs }) =>
          Ebs?.VolumeId === undefined ? [] : [{ id: Ebs.VolumeId, device: DeviceName ?? '' }],
        ),
        rootDevice: raw.RootDeviceName ?? null,
      },
    },
  ];
}
