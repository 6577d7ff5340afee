import { Suspense } from 'react';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import type { Reach } from '@/lib/core/model/resource-facts.ts';
import type { ResourceDetail } from '@/lib/core/model/views.ts';
import { OpenPaths } from '../../_components/finding/open-paths.tsx';
import { WhyNot } from './why-not.tsx';

const CLOSED: Readonly<Partial<Record<Reach, string>>> = {
  vpc: 'Nothing outside of its own network reaches it.',
  isolated: 'Nothing reaches it: none of its security groups admits anything.',
};

/** Which ports of an instance can be reached, and how sure that is. */
export function Exposure({ resource, now }: { readonly resource: ResourceDetail; readonly now: Date }) {
  const { exposure } = resource;
  return (
    <section className="panel-block">
      <h3>
        Exposure
        {exposure === null ? null : (
          <span>
            looked at <Timestamp time={exposure.at} now={now} />
          </span>
        )}
      </h3>
      {exposure === null ? (
        <p className="text-fg-2">
          {resource.kind === 'ec2'
            ? 'Not assessed yet: nobody has looked at the network paths to it.'
            : 'Not assessed: network paths are looked at for EC2 instances.'}
        </p>
      ) : (
        <>
          {exposure.reason === null ? null : <p className="mb-1 text-warn">Not all is known: {exposure.reason}</p>}
          {exposure.paths.length > 0 ? <OpenPaths paths={exposure.paths} /> : null}
          {exposure.paths.length === 0 && exposure.reason === null ? (
            <p className="text-fg-2">
              {CLOSED[exposure.reach ?? 'vpc'] ?? 'No port can be reached from outside of its network.'}
            </p>
          ) : null}
          {exposure.paths.some(({ network }) => isDirect(network)) ? null : (
            <Suspense fallback={<p className="mt-1 text-12 text-fg-3">Working out what keeps the internet out …</p>}>
              <WhyNot id={resource.id} />
            </Suspense>
          )}
        </>
      )}
    </section>
  );
}

/** From the internet and by no load balancer. */
function isDirect({ category, via }: NetworkEvidence): boolean {
  return category === 'internet' && via.startsWith('igw-');
}
