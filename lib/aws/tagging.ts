import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';
import { tagsOf } from './tags.ts';

const PAGE = 100;

/** Tags of all resources of a type, such as `lambda:function`, by ARN: one call for a hundred instead of one for each. */
export async function tagsOfType(
  sessions: AwsSessions,
  place: Place,
  type: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const client = sessions.client('tag', ResourceGroupsTaggingAPIClient, place);
  const found = new Map<string, Readonly<Record<string, string>>>();
  const asked = { ResourceTypeFilters: [type] };
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client, pageSize: PAGE }, asked)) {
    signal.throwIfAborted();
    for (const { ResourceARN, Tags } of ResourceTagMappingList) {
      if (ResourceARN !== undefined) found.set(ResourceARN, tagsOf(Tags));
    }
  }
  return found;
}
