import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

/** Who the credentials of a place are. */
export async function callerIdentity(
  sessions: AwsSessions,
  place: Place,
): Promise<{ readonly accountId: string; readonly arn: string }> {
  const client = sessions.client('sts', STSClient, place);
  const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
  return { accountId: Account, arn: Arn };
}
