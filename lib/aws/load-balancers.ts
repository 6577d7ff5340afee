import {
  DescribeLoadBalancerAttributesCommand as ClassicAttributesCommand,
  ElasticLoadBalancingClient,
  paginateDescribeLoadBalancers as paginateClassicBalancers,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

/** Load balancers with attributes, listeners, rules and target groups with their targets, as the API gives them. */
export async function describeBalancers(sessions: AwsSessions, place: Place, signal: AbortSignal) {
  const client = sessions.client('elasticloadbalancing', ElasticLoadBalancingV2Client, place);
  const LoadBalancers: object[] = [];
  const Listeners: object[] = [];
  const Rules: object[] = [];
  for await (const page of paginateDescribeLoadBalancers({ client }, {})) {
    for (const balancer of page.LoadBalancers ?? []) {
      signal.throwIfAborted();
      const { LoadBalancerArn } = balancer;
      const { Attributes = [] } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
      LoadBalancers.push({ ...balancer, Attributes });
      for await (const listeners of paginateDescribeListeners({ client }, { LoadBalancerArn })) {
        for (const listener of listeners.Listeners ?? []) {
          Listeners.push(listener);
          Rules.push(...(await rulesOf(client, listener.ListenerArn ?? '', balancer.Type)));
        }
      }
    }
  }
  const TargetGroups: object[] = [];
  if (LoadBalancers.length > 0) {
    for await (const page of paginateDescribeTargetGroups({ client }, {})) {
      for (const group of page.TargetGroups ?? []) {
        signal.throwIfAborted();
        const { TargetGroupArn } = group;
        const [attributes, health] = await Promise.all([
          client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
          client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
        ]);
        const Targets = health.TargetHealthDescriptions ?? [];
        TargetGroups.push({ ...group, Attributes: attributes.Attributes ?? [], Targets });
      }
    }
  }
  return { LoadBalancers, Listeners, Rules, TargetGroups };
}

/** Only application load balancers have rules beside the default action; each is told with its listener. */
async function rulesOf(client: ElasticLoadBalancingV2Client, ListenerArn: string, type: string | undefined) {
  if (type !== 'application') return [];
  const rules: object[] = [];
  for await (const { Rules = [] } of paginateDescribeRules({ client }, { ListenerArn })) {
    rules.push(...Rules.map((rule) => ({ ...rule, ListenerArn })));
  }
  return rules;
}

/** Balancers of the first generation, each with its attributes. */
export async function describeClassicBalancers(sessions: AwsSessions, place: Place, signal: AbortSignal) {
  const client = sessions.client('elasticloadbalancing', ElasticLoadBalancingClient, place);
  const balancers: object[] = [];
  for await (const page of paginateClassicBalancers({ client }, {})) {
    for (const balancer of page.LoadBalancerDescriptions ?? []) {
      signal.throwIfAborted();
      const { LoadBalancerName } = balancer;
      const { LoadBalancerAttributes } = await client.send(new ClassicAttributesCommand({ LoadBalancerName }));
      balancers.push({ ...balancer, Attributes: LoadBalancerAttributes });
    }
  }
  return balancers;
}
