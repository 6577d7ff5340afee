import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Place } from '../core/model/cloud.ts';
import { asObject, asText } from '../core/model/raw.ts';
import type { AwsIdentity } from '../core/ports/aws-estate.ts';
import type { AwsSessions } from './session.ts';

/** When AWS answered by its own clock, as the answer's header has it. */
function timeOf(response: unknown): Date | null {
  const headers = asObject(asObject(response)?.headers);
  const date = Date.parse(asText(headers?.date) ?? asText(headers?.Date) ?? '');
  return Number.isNaN(date) ? null : new Date(date);
}

/** Who the credentials of a place are. */
export async function callerIdentity(sessions: AwsSessions, place: Place): Promise<AwsIdentity> {
  const client = sessions.client('sts', STSClient, place);
  let at: Date | null = null;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      at = timeOf(result.response);
      return result;
    },
    { step: 'deserialize', name: 'harrierClock', override: true },
  );
  const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
  return { accountId: Account, arn: Arn, at };
}
