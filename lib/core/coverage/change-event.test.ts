import { describe, expect, it } from 'vitest';
import { changedPlace, distinctPlaces } from './change-event.ts';

const QUEUE = '101010101010';
const event = (more: object) => JSON.stringify({ account: '111122223333', region: 'eu-west-1', detail: {}, ...more });

describe('an event of EventBridge', () => {
  it.each([
    ['an instance that stopped', { source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification' }, 'ec2'],
    [
      'a rule that a group was given',
      {
        source: 'aws.ec2',
        'detail-type': 'AWS API Call via CloudTrail',
        detail: { eventName: 'AuthorizeSecurityGroupIngress' },
      },
      'network',
    ],
    [
      'a listener that was made',
      { source: 'aws.elasticloadbalancing', 'detail-type': 'AWS API Call via CloudTrail' },
      'network',
    ],
    ['an inventory that changed', { source: 'aws.ssm', 'detail-type': 'Inventory Resource State Change' }, 'ec2'],
    ['an image that was pushed', { source: 'aws.ecr', 'detail-type': 'ECR Image Action' }, 'ecr'],
    ['a task that runs', { source: 'aws.ecs', 'detail-type': 'ECS Task State Change' }, 'ecr'],
    [
      'a function whose code was changed',
      { source: 'aws.lambda', 'detail-type': 'AWS API Call via CloudTrail' },
      'lambda',
    ],
  ])('of %s names the place to look at', (_name, more, service) => {
    expect(changedPlace(event(more), QUEUE)).toEqual({ accountId: '111122223333', region: 'eu-west-1', service });
  });

  it('without an account is of the account of the queue', () => {
    const body = JSON.stringify({ source: 'aws.ec2', region: 'eu-west-1' });

    expect(changedPlace(body, QUEUE)?.accountId).toBe(QUEUE);
  });

  it.each([
    ['no JSON', '{"source":'],
    ['a text', '"aws.ec2"'],
    ['another source', event({ source: 'aws.s3' })],
    ['a source by the name of a property', event({ source: 'constructor' })],
    ['an account that is none', event({ source: 'aws.ec2', account: '1; drop' })],
    ['a region that is none', event({ source: 'aws.ec2', region: '../x' })],
  ])('that is %s is passed by', (_name, body) => {
    expect(changedPlace(body, QUEUE)).toBeNull();
  });

  it('a hundred of one place are one look', () => {
    const place = { accountId: QUEUE, region: 'eu-west-1', service: 'ec2' } as const;

    expect(distinctPlaces(Array.from({ length: 100 }, () => place))).toEqual([place]);
  });
});
