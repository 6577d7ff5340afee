import { RulePlaces } from '@/components/exposure/rule-places.tsx';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { CommandBlock } from '@/components/ui/command-block.tsx';
import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import { type NetworkEvidence, portsWord } from '@/lib/core/model/network.ts';
import { changeCommand } from '@/lib/core/model/network-change.ts';
import { getPathCuts, type PathCut } from '@/lib/operations/network/get-path-cuts.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';

const SHOWN = 6;

/** Ways to close a path, each tried on the configuration as it was last read, the one with the least side effects first. */
export async function PathCuts({ path }: { readonly path: ExposedPath }) {
  const result = await settle(ask(getPathCuts, { id: path.id }), 'What closes it');
  if (!result.ok) return <p className="text-12 text-fg-3">What closes it could not be worked out: {result.message}</p>;
  const cuts = result.value;
  if (cuts.length === 0) {
    return (
      <p className="text-12 text-warn">
        On the configuration as it was last read nothing of this closes it any more: it has changed since. The next look
        says how.
      </p>
    );
  }
  return (
    <>
      {cuts.map((cut, at) => (
        <details key={cut.kind} open={at === 0} className="border-line border-t py-2 first:border-t-0 first:pt-0">
          <summary className="flex cursor-pointer items-baseline gap-2">
            <span className="min-w-0 flex-1 font-medium">{titleOf(cut, path.network)}</span>
            <span className="shrink-0 text-12 text-fg-3">{closesWord(cut)}</span>
          </summary>
          <Cut cut={cut} region={path.region} />
        </details>
      ))}
      <p className="text-12 text-fg-3">Each was tried on the configuration as it was last read. Nothing was changed.</p>
    </>
  );
}

function Cut({ cut, region }: { readonly cut: PathCut; readonly region: string }) {
  const { changes, besides, left } = cut;
  const rules = changes.filter((change) => 'rule' in change);
  const revoked = rules.filter(({ kind }) => kind === 'revoke').map(({ rule }) => rule);
  const groups = [...new Set(rules.map(({ rule }) => rule.groupId))];
  // One command takes an interface out of all groups.
  const commands = [...new Set(changes.map((change) => changeCommand(change, region)))];
  return (
    <>
      {commands.slice(0, SHOWN).map((command) => (
        <div key={command} className="mt-[5px]">
          <CommandBlock command={command} />
        </div>
      ))}
      {commands.length > SHOWN ? (
        <p className="mt-1 text-12 text-fg-3">
          and {formatCounted(commands.length - SHOWN, 'more rule')} under Raw JSON
        </p>
      ) : null}
      {left === null ? null : <Left left={left} />}
      <Besides besides={besides} isLimit={left !== null} />
      <RulePlaces groups={groups} revoked={revoked} region={region} most={SHOWN} />
    </>
  );
}

function Left({ left: { block, rules } }: { readonly left: NonNullable<PathCut['left']> }) {
  return (
    <p className="mt-1.5 text-12 text-fg-2">
      {rules === 0 ? (
        <>
          Then <code>{block}</code> may still call, which another rule of the path admits.
        </>
      ) : (
        <>
          Then only <code>{block}</code> may call, which {formatCounted(rules, 'other group')} of this network{' '}
          {rules === 1 ? 'admits' : 'admit'} to it.
        </>
      )}
    </p>
  );
}

function Besides({ besides, isLimit }: { readonly besides: PathCut['besides']; readonly isLimit: boolean }) {
  if (besides.length === 0) {
    return isLimit ? null : <p className="mt-1.5 text-12 text-fg-2">It closes nothing else.</p>;
  }
  return (
    <>
      <p className="mt-1.5 text-12 text-fg-2">It also closes:</p>
      <ul className="text-12 text-fg-2">
        {besides.slice(0, SHOWN).map(({ instanceId, ports, isOwn }) => (
          <li key={instanceId} className="break-words">
            {ports.slice(0, SHOWN).join(', ')}
            {ports.length > SHOWN ? ` and ${ports.length - SHOWN} more` : ''} of{' '}
            {isOwn ? 'the same instance' : <code>{instanceId}</code>}
          </li>
        ))}
        {besides.length > SHOWN ? <li>and ports of {formatCounted(besides.length - SHOWN, 'more instance')}</li> : null}
      </ul>
    </>
  );
}

function titleOf({ kind, changes, left }: PathCut, network: NetworkEvidence): string {
  const ports = portsWord(network);
  const [change] = changes;
  switch (kind) {
    case 'revoke':
      return changes.length === 1 ? 'Remove the rule' : `Remove ${formatCount(changes.length)} rules`;
    case 'limit-ports':
      return `Leave the rule without ${ports}`;
    case 'limit-sources':
      return `Limit the rule to ${left?.block ?? 'whom others admit'}`;
    case 'detach':
      return `Take the interface out of ${change?.kind === 'detach' ? change.groupId : 'the group'}`;
    case 'deny':
      return `Deny ${ports} in ${change?.kind === 'deny' ? change.aclId : 'the network ACL'}`;
  }
}

function closesWord({ closes, left }: PathCut): string {
  if (left !== null && closes === 0) return 'limits it';
  return `closes ${formatCounted(closes, 'path')}`;
}
