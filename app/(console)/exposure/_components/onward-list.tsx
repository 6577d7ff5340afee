import { Network, Split, Waypoints } from 'lucide-react';
import { formatCounted } from '@/components/format/format-count.ts';
import { getOnward } from '@/lib/operations/network/get-onward.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';

const SHOWN = 5;
const LOOKS = {
  vpc: { Icon: Network, word: 'its own VPC' },
  peer: { Icon: Split, word: 'by peering' },
  tgw: { Icon: Waypoints, word: 'by transit gateway' },
} as const;

/** Where whoever comes in by a path could go on. */
export async function OnwardList({ id }: { readonly id: string }) {
  const result = await settle(ask(getOnward, { id }), 'Onward paths');
  return (
    <section className="panel-block">
      <h3>Onward from here</h3>
      {result.ok ? null : <p className="text-12 text-fg-3">It could not be worked out: {result.message}</p>}
      {result.ok && result.value.length === 0 ? (
        <p className="text-fg-2">
          No other instance of its account lets it in. Those of other accounts are not looked at here.
        </p>
      ) : null}
      <ul>
        {(result.ok ? result.value : []).slice(0, SHOWN).map(({ by, kind, instances }) => {
          const { Icon, word } = LOOKS[kind];
          return (
            <li key={by} className="flex items-center gap-2 py-1">
              <Icon size={14} strokeWidth={1.6} className="shrink-0 text-fg-3" aria-hidden="true" />
              <span className="min-w-0 flex-1 truncate" title={by}>
                {by} <span className="text-fg-3">{word}</span>
              </span>
              <span className="shrink-0 text-12 text-fg-3" title={instances.slice(0, 20).join(', ')}>
                {formatCounted(instances.length, 'instance')}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
