import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { revokeCommand } from '@/lib/core/model/revoke-rule.ts';
import { CommandBlock } from '../ui/command-block.tsx';
import { portsWord } from './path-facts.ts';

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
      {revokes.length > SHOWN ? (
        <p className="mt-1 text-12 text-fg-3">{revokes.length - SHOWN} more under Raw JSON</p>
      ) : null}
    </>
  );
}
