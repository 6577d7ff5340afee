import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import { consoleLink, revokeCommand, terraformRule } from '@/lib/core/model/revoke-rule.ts';
import { CommandBlock } from '../ui/command-block.tsx';

const SHOWN = 8;

/** The commands that close a path: without these rules nobody is admitted. */
export function ClosePath({ network, region }: { readonly network: NetworkEvidence; readonly region: string }) {
  const { revokes } = network;
  const groups = new Set(revokes.map(({ groupId }) => groupId)).size;
  return (
    <>
      <p className="text-fg-2">
        {portsWord(network)} closes without {revokes.length === 1 ? 'this rule' : `these ${revokes.length} rules`} of{' '}
        {groups === 1 ? 'one security group' : `${groups} security groups`}. Whatever else wears{' '}
        {groups === 1 ? 'it' : 'them'} loses the rule too.
      </p>
      {revokes.slice(0, SHOWN).map((rule) => (
        <div key={JSON.stringify(rule)} className="mt-[5px]">
          <CommandBlock command={revokeCommand(rule, region)} />
        </div>
      ))}
      <p className="mt-1.5 flex flex-wrap gap-x-3 text-12">
        {[...new Set(revokes.map(({ groupId }) => groupId))].slice(0, SHOWN).map((groupId) => (
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
      <details className="mt-1 text-12">
        <summary className="cursor-pointer text-fg-2">Declared in Terraform?</summary>
        <p className="mt-1 text-fg-2">Remove it there too, or the next apply brings it back:</p>
        <pre className="command mt-1 overflow-x-auto">{revokes.slice(0, SHOWN).map(terraformRule).join('\n\n')}</pre>
      </details>
      {revokes.length > SHOWN ? (
        <p className="mt-1 text-12 text-fg-3">{revokes.length - SHOWN} more under Raw JSON</p>
      ) : null}
    </>
  );
}
