import { DeleteMessageBatchCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

/** SQS hands over so many at once. */
const BATCH = 10;

export interface QueuedMessage {
  readonly body: string;
  readonly receipt: string;
}

/** A queue by its ARN: `arn:aws:sqs:eu-west-1:123456789012:harrier-changes`. */
export function queueOfArn(arn: string): {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
} {
  const [, , , region = '', accountId = '', name = ''] = arn.split(':');
  return { region, accountId, name };
}

/** What waits in a queue, up to `max` messages. They come back by themselves unless they are deleted. */
export async function receiveMessages(
  sessions: AwsSessions,
  place: Place,
  queueArn: string,
  max: number,
): Promise<readonly QueuedMessage[]> {
  const client = sessions.client('sqs', SQSClient, place);
  const url = await urlOf(client, queueArn);
  const found: QueuedMessage[] = [];
  while (found.length < max) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: BATCH,
        WaitTimeSeconds: 0,
        VisibilityTimeout: 60,
      }),
    );
    found.push(
      ...Messages.flatMap(({ Body = '', ReceiptHandle }) =>
        ReceiptHandle === undefined ? [] : [{ body: Body, receipt: ReceiptHandle }],
      ),
    );
    if (Messages.length === 0) break;
  }
  return found;
}

export async function deleteMessages(
  sessions: AwsSessions,
  place: Place,
  queueArn: string,
  messages: readonly QueuedMessage[],
): Promise<void> {
  const client = sessions.client('sqs', SQSClient, place);
  const url = await urlOf(client, queueArn);
  for (let start = 0; start < messages.length; start += BATCH) {
    const Entries = messages
      .slice(start, start + BATCH)
      .map(({ receipt }, at) => ({ Id: String(at), ReceiptHandle: receipt }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  }
}

/** One call more for each look: an address that was kept would outlive its queue. */
async function urlOf(client: SQSClient, queueArn: string): Promise<string> {
  const { name, accountId } = queueOfArn(queueArn);
  const { QueueUrl = '' } = await client.send(
    new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: accountId }),
  );
  return QueueUrl;
}
