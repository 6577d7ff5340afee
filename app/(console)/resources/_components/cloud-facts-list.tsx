import { formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { CloudFacts, EcrImageFacts, FunctionFacts, InstanceFacts } from '@/lib/core/model/cloud.ts';

const AGENT_WORDS = { online: 'agent online', silent: 'agent silent' } as const;
const NO_USE_WORDS = { known: 'by no task or pod', unknown: 'not known' } as const;

interface Props<F> {
  readonly facts: F;
  readonly now: Date;
}

/** What AWS told of a resource when it was last looked at, as rows of a list of facts. */
export function CloudFactsList({ facts, now }: Props<CloudFacts>) {
  switch (facts.kind) {
    case 'ec2':
      return <Instance facts={facts} now={now} />;
    case 'ecr':
      return <Image facts={facts} now={now} />;
    case 'lambda':
      return <LambdaFunction facts={facts} now={now} />;
  }
}

function Instance({ facts, now }: Props<InstanceFacts>) {
  const { state, instanceType, imageId, vpcId, subnetId, launchedAt, managed, managedUnknown } = facts;
  return (
    <>
      <dt>State</dt>
      <dd>
        {state} <span className="text-fg-3">{instanceType}</span>
      </dd>
      <dt>AMI</dt>
      <dd>
        <code className="break-all">{imageId}</code>
      </dd>
      <dt>Network</dt>
      <dd>
        {vpcId === null && subnetId === null ? 'none' : null}
        <span>
          <code className="block break-all">{vpcId}</code>
          <code className="block break-all">{subnetId}</code>
        </span>
      </dd>
      <dt>Launched</dt>
      <dd>
        <Time time={launchedAt} none="not known" now={now} />
      </dd>
      <dt>SSM</dt>
      <dd>
        {managed === null ? (managedUnknown ?? 'not managed') : AGENT_WORDS[managed.isOnline ? 'online' : 'silent']}
      </dd>
    </>
  );
}

function Image({ facts, now }: Props<EcrImageFacts>) {
  const { count, clusters, unread } = facts.inUse;
  return (
    <>
      <dt>Tags</dt>
      <dd className="break-all">{facts.tags.join(', ') || 'none'}</dd>
      <dt>Pushed</dt>
      <dd>
        <Time time={facts.pushedAt} none="not known" now={now} />
      </dd>
      <dt>Last pull</dt>
      <dd>
        <Time time={facts.pulledAt} none="none recorded" now={now} />
      </dd>
      <dt>In use</dt>
      <dd>
        <span>
          {count === 0 ? NO_USE_WORDS[unread.length === 0 ? 'known' : 'unknown'] : formatCounted(count, 'container')}
          {clusters.length > 0 ? <span className="block text-fg-3">{clusters.map(clusterName).join(', ')}</span> : null}
          {unread.map((sentence) => (
            <span key={sentence} className="block text-12 text-warn">
              {sentence}
            </span>
          ))}
        </span>
      </dd>
    </>
  );
}

function LambdaFunction({ facts, now }: Props<FunctionFacts>) {
  return (
    <>
      <dt>Runtime</dt>
      <dd>{facts.runtime ?? 'container image'}</dd>
      <dt>Layers</dt>
      <dd className="break-all">{facts.layers.map(layerName).join(', ') || 'none'}</dd>
      <dt>Changed</dt>
      <dd>
        <Time time={facts.modifiedAt} none="not known" now={now} />
      </dd>
      <dt>Invoked</dt>
      <dd>
        <Time time={facts.invokedAt} none="not lately" now={now} />
      </dd>
    </>
  );
}

function Time({ time, none, now }: { readonly time: Date | null; readonly none: string; readonly now: Date }) {
  return time === null ? none : <Timestamp time={time} now={now} />;
}

/** `main` of `arn:aws:ecs:eu-west-1:123456789012:cluster/main`. */
const clusterName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** `tools:3` of `arn:aws:lambda:eu-west-1:123456789012:layer:tools:3`. */
const layerName = (arn: string): string => arn.split(':').slice(-2).join(':');
