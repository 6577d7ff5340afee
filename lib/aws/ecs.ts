import { DescribeTasksCommand, ECSClient, paginateListClusters, paginateListTasks } from '@aws-sdk/client-ecs';
import type { Place } from '../core/model/cloud.ts';
import type { RunningContainer } from './image-usage.ts';
import type { AwsSessions } from './session.ts';

/** AWS describes at most so many tasks at once. */
const TASKS_MAX = 100;

/** Containers of all tasks that run in the ECS clusters of a region. */
export async function taskContainers(
  sessions: AwsSessions,
  place: Place,
  signal: AbortSignal,
): Promise<readonly RunningContainer[]> {
  const client = sessions.client('ecs', ECSClient, place);
  const found: RunningContainer[] = [];
  for await (const { clusterArns = [] } of paginateListClusters({ client }, {})) {
    for (const cluster of clusterArns) {
      for await (const { taskArns = [] } of paginateListTasks(
        { client, pageSize: TASKS_MAX },
        { cluster, desiredStatus: 'RUNNING' },
      )) {
        signal.throwIfAborted();
        if (taskArns.length === 0) continue;
        const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
        for (const { containers = [] } of tasks) {
          for (const { image, imageDigest } of containers) {
            found.push({ cluster, image: image ?? '', digest: imageDigest ?? null });
          }
        }
      }
    }
  }
  return found;
}
