import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateSnapshotsCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
  GetTransitGatewayRouteTableAssociationsCommand,
  SearchTransitGatewayRoutesCommand,
} from '@aws-sdk/client-ec2';
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import { DescribeTasksCommand, ECSClient, ListClustersCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { DescribeClusterCommand, EKSClient, ListClustersCommand as ListEksClustersCommand } from '@aws-sdk/client-eks';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetFunctionCommand, GetLayerVersionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListInventoryEntriesCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import {
  AWS_PERMISSIONS,
  type PermissionCheck,
  type PermissionSet,
  SNAPSHOT_TAG,
} from '../core/model/aws-permission.ts';
import type { Place } from '../core/model/cloud.ts';
import { awsFailure } from './failure.ts';
import type { AwsSessions } from './session.ts';

/** A name that nothing has: what is asked of it is refused or not found, and AWS refuses first. */
const NOBODY = 'harrier-permission-check';
const NO_INSTANCE = 'i-00000000000000000';
const NO_DIGEST = `sha256:${'0'.repeat(64)}`;
const NO_PARENT = 'r-0000';
const NO_COMMAND = '00000000-0000-0000-0000-000000000000';
/** What EC2 answers when it would have let a call pass. */
const DRY_RUN = 'DryRunOperation';

/** Ids that nothing has. */
const NO_LIST = 'pl-00000000000000000';
const NO_TABLE = 'tgw-rtb-00000000000000000';
const NO_BALANCER =
  'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/harrier-permission-check/0000000000000000';
const NO_LISTENER =
  'arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/harrier-permission-check/0000000000000000/0000000000000000';
const NO_TARGETS =
  'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/harrier-permission-check/0000000000000000';

type Call = (sessions: AwsSessions, place: Place) => Promise<unknown>;

const ec2 = (sessions: AwsSessions, place: Place) => sessions.client('ec2', EC2Client, place);
const ecr = (sessions: AwsSessions, place: Place) => sessions.client('ecr', ECRClient, place);
const ecs = (sessions: AwsSessions, place: Place) => sessions.client('ecs', ECSClient, place);
const eks = (sessions: AwsSessions, place: Place) => sessions.client('eks', EKSClient, place);
const ssm = (sessions: AwsSessions, place: Place) => sessions.client('ssm', SSMClient, place);
const lambda = (sessions: AwsSessions, place: Place) => sessions.client('lambda', LambdaClient, place);
const elb = (sessions: AwsSessions, place: Place) =>
  sessions.client('elasticloadbalancing', ElasticLoadBalancingV2Client, place);
const organizations = (sessions: AwsSessions, place: Place) =>
  sessions.client('organizations', OrganizationsClient, place);

/** One call for each action that changes nothing, whatever AWS answers. */
const CALLS: Readonly<Record<string, Call>> = {
  'ec2:DescribeRegions': (s, p) => ec2(s, p).send(new DescribeRegionsCommand({})),
  'ec2:DescribeInstances': (s, p) => ec2(s, p).send(new DescribeInstancesCommand({ MaxResults: 5 })),
  'ssm:DescribeInstanceInformation': (s, p) =>
    ssm(s, p).send(new DescribeInstanceInformationCommand({ MaxResults: 5 })),
  'ssm:ListInventoryEntries': (s, p) =>
    ssm(s, p).send(new ListInventoryEntriesCommand({ InstanceId: NO_INSTANCE, TypeName: 'AWS:Application' })),
  'ecr:DescribeRepositories': (s, p) => ecr(s, p).send(new DescribeRepositoriesCommand({ maxResults: 1 })),
  'ecr:DescribeImages': (s, p) => ecr(s, p).send(new DescribeImagesCommand({ repositoryName: NOBODY })),
  'ecr:GetAuthorizationToken': (s, p) => ecr(s, p).send(new GetAuthorizationTokenCommand({})),
  'ecr:BatchGetImage': (s, p) =>
    ecr(s, p).send(new BatchGetImageCommand({ repositoryName: NOBODY, imageIds: [{ imageTag: NOBODY }] })),
  'ecr:GetDownloadUrlForLayer': (s, p) =>
    ecr(s, p).send(new GetDownloadUrlForLayerCommand({ repositoryName: NOBODY, layerDigest: NO_DIGEST })),
  'ecs:ListClusters': (s, p) => ecs(s, p).send(new ListClustersCommand({ maxResults: 1 })),
  'ecs:ListTasks': (s, p) => ecs(s, p).send(new ListTasksCommand({ cluster: NOBODY })),
  'ecs:DescribeTasks': (s, p) => ecs(s, p).send(new DescribeTasksCommand({ cluster: NOBODY, tasks: [NOBODY] })),
  'eks:ListClusters': (s, p) => eks(s, p).send(new ListEksClustersCommand({ maxResults: 1 })),
  'eks:DescribeCluster': (s, p) => eks(s, p).send(new DescribeClusterCommand({ name: NOBODY })),
  'lambda:ListFunctions': (s, p) => lambda(s, p).send(new ListFunctionsCommand({ MaxItems: 1 })),
  'lambda:GetFunction': (s, p) => lambda(s, p).send(new GetFunctionCommand({ FunctionName: NOBODY })),
  'lambda:GetLayerVersion': (s, p) =>
    lambda(s, p).send(new GetLayerVersionCommand({ LayerName: NOBODY, VersionNumber: 1 })),
  'cloudwatch:GetMetricData': (s, p) =>
    s.client('cloudwatch', CloudWatchClient, p).send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(),
        MetricDataQueries: [
          {
            Id: 'm1',
            MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations' }, Period: 3_600, Stat: 'Sum' },
          },
        ],
      }),
    ),
  'tag:GetResources': (s, p) =>
    s
      .client('tag', ResourceGroupsTaggingAPIClient, p)
      .send(new GetResourcesCommand({ ResourcesPerPage: 1, ResourceTypeFilters: ['lambda:function'] })),
  'ec2:DescribeVpcs': (s, p) => ec2(s, p).send(new DescribeVpcsCommand({ MaxResults: 5 })),
  'ec2:DescribeSubnets': (s, p) => ec2(s, p).send(new DescribeSubnetsCommand({ MaxResults: 5 })),
  'ec2:DescribeRouteTables': (s, p) => ec2(s, p).send(new DescribeRouteTablesCommand({ MaxResults: 5 })),
  'ec2:DescribeNetworkAcls': (s, p) => ec2(s, p).send(new DescribeNetworkAclsCommand({ MaxResults: 5 })),
  'ec2:DescribeSecurityGroups': (s, p) => ec2(s, p).send(new DescribeSecurityGroupsCommand({ MaxResults: 5 })),
  'ec2:DescribeInternetGateways': (s, p) => ec2(s, p).send(new DescribeInternetGatewaysCommand({ MaxResults: 5 })),
  'ec2:DescribeNetworkInterfaces': (s, p) => ec2(s, p).send(new DescribeNetworkInterfacesCommand({ MaxResults: 5 })),
  'ec2:DescribeAddresses': (s, p) => ec2(s, p).send(new DescribeAddressesCommand({})),
  'ec2:DescribeManagedPrefixLists': (s, p) => ec2(s, p).send(new DescribeManagedPrefixListsCommand({ MaxResults: 1 })),
  'ec2:GetManagedPrefixListEntries': (s, p) =>
    ec2(s, p).send(new GetManagedPrefixListEntriesCommand({ PrefixListId: NO_LIST })),
  'ec2:DescribeVpcBlockPublicAccessOptions': (s, p) =>
    ec2(s, p).send(new DescribeVpcBlockPublicAccessOptionsCommand({})),
  'ec2:DescribeVpcBlockPublicAccessExclusions': (s, p) =>
    ec2(s, p).send(new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 5 })),
  'ec2:DescribeVpcPeeringConnections': (s, p) =>
    ec2(s, p).send(new DescribeVpcPeeringConnectionsCommand({ MaxResults: 5 })),
  'ec2:DescribeVpnGateways': (s, p) => ec2(s, p).send(new DescribeVpnGatewaysCommand({})),
  'ec2:DescribeTransitGateways': (s, p) => ec2(s, p).send(new DescribeTransitGatewaysCommand({ MaxResults: 5 })),
  'ec2:DescribeTransitGatewayVpcAttachments': (s, p) =>
    ec2(s, p).send(new DescribeTransitGatewayVpcAttachmentsCommand({ MaxResults: 5 })),
  'ec2:DescribeTransitGatewayRouteTables': (s, p) =>
    ec2(s, p).send(new DescribeTransitGatewayRouteTablesCommand({ MaxResults: 5 })),
  'ec2:GetTransitGatewayRouteTableAssociations': (s, p) =>
    ec2(s, p).send(new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId: NO_TABLE })),
  'ec2:SearchTransitGatewayRoutes': (s, p) =>
    ec2(s, p).send(
      new SearchTransitGatewayRoutesCommand({
        TransitGatewayRouteTableId: NO_TABLE,
        Filters: [{ Name: 'state', Values: ['active'] }],
      }),
    ),
  'elasticloadbalancing:DescribeLoadBalancers': (s, p) =>
    elb(s, p).send(new DescribeLoadBalancersCommand({ PageSize: 1 })),
  'elasticloadbalancing:DescribeLoadBalancerAttributes': (s, p) =>
    elb(s, p).send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: NO_BALANCER })),
  'elasticloadbalancing:DescribeListeners': (s, p) =>
    elb(s, p).send(new DescribeListenersCommand({ LoadBalancerArn: NO_BALANCER })),
  'elasticloadbalancing:DescribeRules': (s, p) =>
    elb(s, p).send(new DescribeRulesCommand({ ListenerArn: NO_LISTENER })),
  'elasticloadbalancing:DescribeTargetGroups': (s, p) =>
    elb(s, p).send(new DescribeTargetGroupsCommand({ PageSize: 1 })),
  'elasticloadbalancing:DescribeTargetGroupAttributes': (s, p) =>
    elb(s, p).send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: NO_TARGETS })),
  'elasticloadbalancing:DescribeTargetHealth': (s, p) =>
    elb(s, p).send(new DescribeTargetHealthCommand({ TargetGroupArn: NO_TARGETS })),
  'ec2:CreateSnapshots': (s, p) =>
    ec2(s, p).send(
      new CreateSnapshotsCommand({
        DryRun: true,
        InstanceSpecification: { InstanceId: NO_INSTANCE },
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: SNAPSHOT_TAG, Value: NOBODY }] }],
      }),
    ),
  'ec2:DescribeSnapshots': (s, p) =>
    ec2(s, p).send(new DescribeSnapshotsCommand({ MaxResults: 5, OwnerIds: ['self'] })),
  'ssm:GetCommandInvocation': (s, p) =>
    ssm(s, p).send(new GetCommandInvocationCommand({ CommandId: NO_COMMAND, InstanceId: NO_INSTANCE })),
  'organizations:ListRoots': (s, p) => organizations(s, p).send(new ListRootsCommand({ MaxResults: 1 })),
  'organizations:ListAccountsForParent': (s, p) =>
    organizations(s, p).send(new ListAccountsForParentCommand({ ParentId: NO_PARENT, MaxResults: 1 })),
  'organizations:ListOrganizationalUnitsForParent': (s, p) =>
    organizations(s, p).send(new ListOrganizationalUnitsForParentCommand({ ParentId: NO_PARENT, MaxResults: 1 })),
};

/** Calls every action of the sets once in a place and tells which of them AWS refuses. */
export async function checkPermissions(
  sessions: AwsSessions,
  place: Place,
  sets: readonly PermissionSet[],
): Promise<readonly PermissionCheck[]> {
  const wanted = AWS_PERMISSIONS.filter(({ set }) => sets.includes(set));
  return Promise.all(
    wanted.map(async ({ action, proof }): Promise<PermissionCheck> => {
      const call = CALLS[action];
      return proof === 'by-use' || call === undefined
        ? { action, state: 'by-use', detail: 'It shows at its first use.' }
        : check(action, () => call(sessions, place));
    }),
  );
}

async function check(action: string, call: () => Promise<unknown>): Promise<PermissionCheck> {
  try {
    await call();
    return { action, state: 'allowed', detail: null };
  } catch (error) {
    if (error instanceof Error && error.name === DRY_RUN) return { action, state: 'allowed', detail: null };
    const { state, message } = awsFailure(error, action);
    if (state === 'denied' || state === 'off') return { action, state: 'denied', detail: message };
    // What is not there, or not asked for well, was not refused.
    return state === 'unreachable' || state === 'throttled'
      ? { action, state: 'unknown', detail: message }
      : { action, state: 'allowed', detail: null };
  }
}
