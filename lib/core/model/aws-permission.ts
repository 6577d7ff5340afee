/**
 * What a permission is for: `read` to know what is there and read it, `snapshot` to scan machines without an agent, `command` to ask those
 * that have one by Run Command, `changes` to read the queue in which EventBridge tells of changes.
 */
export const PERMISSION_SETS = ['read', 'snapshot', 'command', 'organization', 'changes'] as const;
export type PermissionSet = (typeof PERMISSION_SETS)[number];

/** The tag by which Harrier knows its own snapshots: its role may read and delete no others. */
export const SNAPSHOT_TAG = 'HarrierScan';

/** What reading a queue of changes takes. */
export const QUEUE_ACTIONS = ['sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'] as const;

/** An action of AWS that Harrier calls, and nothing else is. */
export interface AwsPermission {
  /** `ec2:DescribeInstances`. */
  readonly action: string;
  readonly set: PermissionSet;
  /** What is not known or scanned without it, for people. */
  readonly neededFor: string;
  /** Without it everything else goes on. */
  readonly isOptional: boolean;
  /** `by-use`: no call that changes nothing proves it beforehand, for it is allowed for what Harrier made itself, or writes. */
  readonly proof: 'call' | 'by-use';
}

function permissions(
  set: PermissionSet,
  neededFor: string,
  actions: readonly string[],
  more: Partial<Pick<AwsPermission, 'isOptional' | 'proof'>> = {},
): readonly AwsPermission[] {
  return actions.map((action) => ({ action, set, neededFor, isOptional: false, proof: 'call', ...more }));
}

/** Every action, in the order in which people read them. The policies of all templates are made of this list. */
export const AWS_PERMISSIONS: readonly AwsPermission[] = [
  ...permissions('read', 'Regions', ['ec2:DescribeRegions']),
  ...permissions('read', 'EC2 instances', ['ec2:DescribeInstances']),
  ...permissions('read', 'EC2 packages', ['ssm:DescribeInstanceInformation', 'ssm:ListInventoryEntries']),
  ...permissions('read', 'ECR images', ['ecr:DescribeRepositories', 'ecr:DescribeImages']),
  ...permissions('read', 'Image layers', [
    'ecr:GetAuthorizationToken',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
  ]),
  ...permissions('read', 'Images in use', ['ecs:ListClusters', 'ecs:ListTasks', 'ecs:DescribeTasks'], {
    isOptional: true,
  }),
  ...permissions('read', 'Images in use', ['eks:ListClusters', 'eks:DescribeCluster'], { isOptional: true }),
  ...permissions('read', 'Lambda functions', ['lambda:ListFunctions']),
  ...permissions('read', 'Function code', ['lambda:GetFunction', 'lambda:GetLayerVersion']),
  ...permissions('read', 'Idle functions', ['cloudwatch:GetMetricData'], { isOptional: true }),
  ...permissions('read', 'Tags of images and functions', ['tag:GetResources'], { isOptional: true }),
  ...permissions('read', 'Network exposure', [
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeRouteTables',
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeInternetGateways',
    'ec2:DescribeNetworkInterfaces',
  ]),
  ...permissions(
    'read',
    'Elastic addresses and prefix lists',
    ['ec2:DescribeAddresses', 'ec2:DescribeManagedPrefixLists', 'ec2:GetManagedPrefixListEntries'],
    { isOptional: true },
  ),
  ...permissions(
    'read',
    'Block public access of VPCs',
    ['ec2:DescribeVpcBlockPublicAccessOptions', 'ec2:DescribeVpcBlockPublicAccessExclusions'],
    { isOptional: true },
  ),
  ...permissions(
    'read',
    'Exposure to peers, VPN and transit gateways',
    [
      'ec2:DescribeVpcPeeringConnections',
      'ec2:DescribeVpnGateways',
      'ec2:DescribeTransitGateways',
      'ec2:DescribeTransitGatewayVpcAttachments',
      'ec2:DescribeTransitGatewayRouteTables',
      'ec2:GetTransitGatewayRouteTableAssociations',
      'ec2:SearchTransitGatewayRoutes',
    ],
    { isOptional: true },
  ),
  ...permissions(
    'read',
    'Exposure through load balancers',
    [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    { isOptional: true },
  ),
  ...permissions('snapshot', 'Machines without SSM', ['ec2:CreateSnapshots', 'ec2:DescribeSnapshots'], {
    isOptional: true,
  }),
  ...permissions(
    'snapshot',
    'Machines without SSM',
    ['ec2:CreateTags', 'ec2:DeleteSnapshot', 'ebs:ListSnapshotBlocks', 'ebs:GetSnapshotBlock'],
    { isOptional: true, proof: 'by-use' },
  ),
  ...permissions('snapshot', 'Encrypted volumes', ['kms:Decrypt'], { isOptional: true, proof: 'by-use' }),
  ...permissions('command', 'EC2 packages by Run Command', ['ssm:SendCommand'], { isOptional: true, proof: 'by-use' }),
  ...permissions('command', 'EC2 packages by Run Command', ['ssm:GetCommandInvocation'], { isOptional: true }),
  ...permissions('organization', 'Accounts and units', [
    'organizations:ListRoots',
    'organizations:ListAccountsForParent',
    'organizations:ListOrganizationalUnitsForParent',
  ]),
  ...permissions('changes', 'Changes at once', QUEUE_ACTIONS, {
    isOptional: true,
    proof: 'by-use',
  }),
];

/** What a call proved. `unknown`: nobody could ask, which is neither. */
export type PermissionState = 'allowed' | 'denied' | 'unknown' | 'by-use';

export interface PermissionCheck {
  readonly action: string;
  readonly state: PermissionState;
  /** What AWS said, for people; null where it is allowed. */
  readonly detail: string | null;
}

/** The permissions of an account in a region, as calls proved them. */
export interface CheckedPlace {
  readonly accountId: string;
  readonly region: string;
  readonly checks: readonly PermissionCheck[];
}
