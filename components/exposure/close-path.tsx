import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import { revokeCommand } from '@/lib/core/model/revoke-rule.ts';
import { CommandBlock } from '../ui/command-block.tsx';
import { RulePlaces } from './rule-places.tsx';

const SHOWN = 8;

/** The commands that close a path: without these rules nobody is admitted. */
export function ClosePath({ network, region }: { readonly network: NetworkEvidence; readonly region: string }) {
  const { revokes } = network;
  const groups = [...new Set(revokes.map(({ groupId }) => groupId))];
  return (
    <>
      <p className="text-fg-2">
        {portsWord(network)} closes without {revokes.length === 1 ? 'this rule' : `these ${revokes.length} rules`} of{' '}
        {groups.length === 1 ? 'one security group' : `${groups.length} security groups`}. Whatever else wears{' '}
        {groups.length === 1 ? 'it' : 'them'} loses the rule too.
      </p>
      {revokes.slice(0, SHOWN).map((rule) => (
        <div key={JSON.stringify(rule)} className="mt-[5px]">
          <CommandBlock command={revokeCommand(rule, region)} />
        </div>
      ))}
      <RulePlaces groups={groups} revoked={revokes} region={region} most={SHOWN} />
      {revokes.length > SHOWN ? (
        <p className="mt-1 text-12 text-fg-3">{revokes.length - SHOWN} more under Raw JSON</p>
      ) : null}
    </>
  );
}
