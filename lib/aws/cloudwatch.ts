import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

/** CloudWatch answers so many queries at once. */
const QUERIES_MAX = 500;
const DAY_SECONDS = 86_400;

/** The last day in a span of days on which each function was invoked, by name; those that were not are left out. */
export async function lastInvocations(
  sessions: AwsSessions,
  place: Place,
  functionNames: readonly string[],
  { days, now }: { readonly days: number; readonly now: Date },
): Promise<ReadonlyMap<string, Date>> {
  const client = sessions.client('cloudwatch', CloudWatchClient, place);
  const found = new Map<string, Date>();
  for (let start = 0; start < functionNames.length; start += QUERIES_MAX) {
    const names = functionNames.slice(start, start + QUERIES_MAX);
    let token: string | undefined;
    do {
      const answer = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(now.getTime() - days * DAY_SECONDS * 1_000),
          EndTime: now,
          ScanBy: 'TimestampDescending',
          MetricDataQueries: names.map((name, at) => ({
            Id: `f${at}`,
            MetricStat: {
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'Invocations',
                Dimensions: [{ Name: 'FunctionName', Value: name }],
              },
              Period: DAY_SECONDS,
              Stat: 'Sum',
            },
          })),
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
        const name = names[Number(Id.slice(1))];
        const times = Timestamps.filter((_, at) => (Values[at] ?? 0) > 0).map((at) => at.getTime());
        if (name !== undefined && times.length > 0) found.set(name, new Date(Math.max(...times)));
      }
      token = answer.NextToken;
    } while (token !== undefined);
  }
  return found;
}
