import { QUEUE_ACTIONS } from '../../model/aws-permission.ts';

/** The name by which policies know the queue. */
export const QUEUE_NAME = 'harrier-changes';

/**
 * Events of EventBridge after which a place is looked at. Sources: the event references of EC2, ECR, ECS and Systems Manager; of Lambda
 * CloudTrail tells, whose names of its calls end in a version.
 */
const STATES = {
  source: ['aws.ec2', 'aws.ecr', 'aws.ecs', 'aws.ssm'],
  'detail-type': [
    'EC2 Instance State-change Notification',
    'ECR Image Action',
    'ECS Task State Change',
    'Inventory Resource State Change',
  ],
};
const FUNCTION_CALLS = {
  source: ['aws.lambda'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventName: ['CreateFunction', 'UpdateFunction', 'DeleteFunction', 'TagResource', 'UntagResource'].map((prefix) => ({
      prefix,
    })),
  },
};

/** Calls that change what can be reached. */
const NETWORK_CALLS = {
  source: ['aws.ec2', 'aws.elasticloadbalancing'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventName: [
      'AuthorizeSecurityGroup',
      'RevokeSecurityGroup',
      'ModifySecurityGroupRules',
      'ModifyNetworkInterfaceAttribute',
      'ModifyInstanceAttribute',
      'AttachNetworkInterface',
      'DetachNetworkInterface',
      'AssociateAddress',
      'DisassociateAddress',
      'CreateRoute',
      'ReplaceRoute',
      'DeleteRoute',
      'AssociateRouteTable',
      'DisassociateRouteTable',
      'CreateNetworkAclEntry',
      'ReplaceNetworkAcl',
      'DeleteNetworkAclEntry',
      'AttachInternetGateway',
      'DetachInternetGateway',
      'AttachVpnGateway',
      'DetachVpnGateway',
      'AcceptVpcPeeringConnection',
      'DeleteVpcPeeringConnection',
      'ModifyManagedPrefixList',
      'ModifyVpcBlockPublicAccess',
      'CreateListener',
      'ModifyListener',
      'DeleteListener',
      'RegisterTargets',
      'DeregisterTargets',
      'SetSecurityGroups',
      'DeleteLoadBalancer',
    ].map((prefix) => ({ prefix })),
  },
};

const DAYS_4 = 4 * 86_400;
const ref = (name: string) => ({ Ref: name });
const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

function rule(description: string, pattern: object) {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Description: description,
      EventPattern: pattern,
      Targets: [
        {
          'Fn::If': [
            'IsCentral',
            { Id: 'queue', Arn: arnOf('Queue') },
            { Id: 'bus', Arn: ref('CentralBus'), RoleArn: arnOf('ForwardRole') },
          ],
        },
      ],
    },
  };
}

/**
 * The queue in which EventBridge tells of changes, as a template of CloudFormation. In the account and region of the queue it makes the
 * queue; in every other, where it is given the bus of the first, it sends events there.
 */
export function changeQueueTemplate(): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Tells Harrier of changes: EventBridge rules, and the queue that it reads.',
    Parameters: {
      Reader: {
        Type: 'String',
        Default: '',
        Description:
          'ARN of who reads the queue: the role that lists the accounts, or else that of the worker of Harrier. Empty: whom its own account allows.',
      },
      CentralBus: {
        Type: 'String',
        Default: '',
        Description: 'ARN of the default event bus beside the queue. Empty where the queue itself is to be made.',
      },
      OrganizationId: {
        Type: 'String',
        Default: '',
        Description: 'Organization whose accounts may send events to the bus beside the queue, such as o-ab12cd34ef.',
      },
    },
    Conditions: {
      HasReader: { 'Fn::Not': [{ 'Fn::Equals': [ref('Reader'), ''] }] },
      IsCentral: { 'Fn::Equals': [ref('CentralBus'), ''] },
      IsSender: { 'Fn::Not': [{ Condition: 'IsCentral' }] },
      HasSenders: {
        'Fn::And': [{ Condition: 'IsCentral' }, { 'Fn::Not': [{ 'Fn::Equals': [ref('OrganizationId'), ''] }] }],
      },
    },
    Resources: {
      Queue: {
        Type: 'AWS::SQS::Queue',
        Condition: 'IsCentral',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
        Properties: { QueueName: QUEUE_NAME, SqsManagedSseEnabled: true, MessageRetentionPeriod: DAYS_4 },
      },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Condition: 'IsCentral',
        Properties: {
          Queues: [ref('Queue')],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'RulesSend',
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: arnOf('Queue'),
                Condition: { ArnEquals: { 'aws:SourceArn': [arnOf('StateRule'), arnOf('FunctionRule')] } },
              },
              {
                Sid: 'HarrierReads',
                Effect: 'Allow',
                Principal: { AWS: { 'Fn::If': ['HasReader', ref('Reader'), ref('AWS::AccountId')] } },
                Action: QUEUE_ACTIONS,
                Resource: arnOf('Queue'),
              },
            ],
          },
        },
      },
      SenderPolicy: {
        Type: 'AWS::Events::EventBusPolicy',
        Condition: 'HasSenders',
        Properties: {
          StatementId: 'harrier-changes',
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: 'events:PutEvents',
            Resource: {
              'Fn::Sub': `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default`,
            },
            Condition: { StringEquals: { 'aws:PrincipalOrgID': ref('OrganizationId') } },
          },
        },
      },
      ForwardRole: {
        Type: 'AWS::IAM::Role',
        Condition: 'IsSender',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [
            {
              PolicyName: 'forward',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: ref('CentralBus') }],
              },
            },
          ],
        },
      },
      StateRule: rule('Instances, images, tasks and inventories that changed.', STATES),
      NetworkRule: rule('Networks that changed, as CloudTrail tells.', NETWORK_CALLS),
      FunctionRule: rule('Functions that changed, as CloudTrail tells.', FUNCTION_CALLS),
    },
    Outputs: {
      QueueArn: { Condition: 'IsCentral', Description: 'For the connection in Harrier.', Value: arnOf('Queue') },
    },
  };
}
