import type {
  DiscoveredResource,
  DiscoveredService,
  EcrImageFacts,
  ManagedInstance,
  Place,
} from '../core/model/cloud.ts';
import { environmentOf } from '../core/model/environment.ts';
import { resourceId } from '../core/model/ids.ts';
import type { Resource, ResourceKind } from '../core/model/resource.ts';
import type { DiscoverOptions } from '../core/ports/aws-estate.ts';
import { lastInvocations } from './cloudwatch.ts';
import { describeInstances } from './ec2.ts';
import { describeImages, describeRepositories } from './ecr.ts';
import { orReason } from './failure.ts';
import { imageUsage } from './image-usage.ts';
import { listFunctions } from './lambda.ts';
import { partitionOf } from './partition.ts';
import type { AwsSessions } from './session.ts';
import { describeManaged } from './ssm.ts';
import { tagsOfType } from './tagging.ts';

const DAY_MS = 86_400_000;

/** Everything of a service in a place. What only adds to it (tags, use, SSM) may fail without the rest. */
export function discover(
  sessions: AwsSessions,
  place: Place,
  service: DiscoveredService,
  options: DiscoverOptions,
): Promise<readonly DiscoveredResource[]> {
  switch (service) {
    case 'ec2':
      return instances(sessions, place, options);
    case 'ecr':
      return images(sessions, place, options);
    case 'lambda':
      return functions(sessions, place, options);
  }
}

function resourceIn(
  { account, region }: Place,
  kind: ResourceKind,
  id: string,
  name: string,
  tags: Readonly<Record<string, string>>,
): Resource {
  const environment = environmentOf(tags);
  return { id: resourceId(id), accountId: account.id, region, kind, name, environment, tags, sample: false };
}

async function instances(sessions: AwsSessions, place: Place, { signal }: DiscoverOptions) {
  const found = await describeInstances(sessions, place, signal);
  const isAnyRunning = found.some(({ facts }) => facts.state === 'running');
  const managed = isAnyRunning
    ? await orReason('ssm:DescribeInstanceInformation', signal, () => describeManaged(sessions, place, signal))
    : new Map<string, ManagedInstance>();
  return found.map(({ facts, name, tags }): DiscoveredResource => {
    const arn = `arn:${partitionOf(place.region)}:ec2:${place.region}:${place.account.id}:instance/${facts.instanceId}`;
    return {
      resource: resourceIn(place, 'ec2', arn, name, tags),
      facts: {
        ...facts,
        managed: typeof managed === 'string' ? null : (managed.get(facts.instanceId) ?? null),
        managedUnknown: typeof managed === 'string' ? managed : null,
      },
    };
  });
}

async function images(sessions: AwsSessions, place: Place, { signal }: DiscoverOptions) {
  const repositories = await describeRepositories(sessions, place, signal);
  const found: Omit<EcrImageFacts, 'inUse'>[] = [];
  const arns = new Map<string, string>();
  for (const repository of repositories) {
    arns.set(repository.name, repository.arn);
    found.push(...(await describeImages(sessions, place, repository, signal)));
  }
  if (found.length === 0) return [];
  const usageOf = await imageUsage(sessions, place, found, signal);
  const tags = await orReason('tag:GetResources', signal, () => tagsOfType(sessions, place, 'ecr:repository', signal));
  return found.map((image): DiscoveredResource => {
    const arn = arns.get(image.repository) ?? '';
    const own = typeof tags === 'string' ? {} : (tags.get(arn) ?? {});
    const name = `${image.repository}${image.tags[0] === undefined ? `@${image.digest.slice(0, 19)}` : `:${image.tags[0]}`}`;
    return {
      resource: resourceIn(place, 'ecr', `${arn}/${image.digest}`, name, own),
      facts: { ...image, inUse: usageOf(image) },
    };
  });
}

async function functions(sessions: AwsSessions, place: Place, { signal, now, functionDays }: DiscoverOptions) {
  const found = await listFunctions(sessions, place, signal);
  if (found.length === 0) return [];
  const tags = await orReason('tag:GetResources', signal, () => tagsOfType(sessions, place, 'lambda:function', signal));
  const idle = found.filter(
    ({ facts }) => facts.modifiedAt === null || now.getTime() - facts.modifiedAt.getTime() > functionDays * DAY_MS,
  );
  const names = idle.map(({ facts }) => facts.functionName);
  const invoked =
    names.length === 0
      ? new Map<string, Date>()
      : await orReason('cloudwatch:GetMetricData', signal, () =>
          lastInvocations(sessions, place, names, { days: functionDays, now }),
        );
  return found.map(({ arn, facts }): DiscoveredResource => {
    const own = typeof tags === 'string' ? {} : (tags.get(arn) ?? {});
    // Nobody could ask: the function counts as used, since the other guess would leave it unseen.
    const invokedAt = typeof invoked === 'string' ? now : (invoked.get(facts.functionName) ?? null);
    return { resource: resourceIn(place, 'lambda', arn, facts.functionName, own), facts: { ...facts, invokedAt } };
  });
}
