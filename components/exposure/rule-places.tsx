import type { IngressRule } from '@/lib/core/model/network.ts';
import { consoleLink, terraformRule } from '@/lib/core/model/revoke-rule.ts';

interface Props {
  /** Ids of the groups whose rules change. */
  readonly groups: readonly string[];
  /** Rules that go; none where nothing is revoked. */
  readonly revoked: readonly IngressRule[];
  readonly region: string;
  /** At most so many of each. */
  readonly most: number;
}

/** Where rules are found: in the console of AWS, and in Terraform, which would bring them back. */
export function RulePlaces({ groups, revoked, region, most }: Props) {
  return (
    <>
      {groups.length === 0 ? null : (
        <p className="mt-1.5 flex flex-wrap gap-x-3 text-12">
          {groups.slice(0, most).map((groupId) => (
            <a
              key={groupId}
              href={consoleLink(groupId, region)}
              target="_blank"
              rel="noreferrer noopener"
              className="text-accent hover:underline"
            >
              {groupId} in the AWS console
            </a>
          ))}
        </p>
      )}
      {revoked.length === 0 ? null : (
        <details className="mt-1 text-12">
          <summary className="cursor-pointer text-fg-2">Declared in Terraform?</summary>
          <p className="mt-1 text-fg-2">Remove it there too, or the next apply brings it back:</p>
          <pre className="command mt-1 overflow-x-auto">{revoked.slice(0, most).map(terraformRule).join('\n\n')}</pre>
        </details>
      )}
    </>
  );
}
