import { ArrowRight } from 'lucide-react';
import { formatCounted } from '@/components/format/format-count.ts';
import type { ActivityEntry, ChainLink } from '@/lib/core/model/activity.ts';

/** The block that holds an entry between its neighbours: each hash is made of the one before. */
export function EntryChain({ chain }: Pick<ActivityEntry, 'chain'>) {
  return (
    <section className="panel-block">
      <h3>Chain</h3>
      {chain === null ? (
        <p className="text-fg-3">This entry is older than the chain.</p>
      ) : (
        <>
          <div className="chain">
            <Link link={chain.previous} none="beginning" />
            <ArrowRight size={14} strokeWidth={1.6} aria-label="then" />
            <Link link={chain.block} none="" isCurrent />
            <ArrowRight size={14} strokeWidth={1.6} aria-label="then" />
            <Link link={chain.next} none="next block" />
          </div>
          {chain.entries > 1 ? (
            <p className="mt-1.5 text-12 text-fg-3">
              The block holds {formatCounted(chain.entries, 'entry', 'entries')} that were written at once.
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

interface LinkProps {
  readonly link: ChainLink | null;
  readonly none: string;
  readonly isCurrent?: boolean;
}

function Link({ link, none, isCurrent = false }: LinkProps) {
  return (
    <span data-current={isCurrent || undefined}>
      <span className={isCurrent ? 'font-medium' : 'text-fg-3'}>
        {link === null ? none : Number(link.position).toLocaleString('en-US')}
      </span>
      <code title={link?.hash}>
        {link === null ? 'not written' : `${link.hash.slice(0, 4)}…${link.hash.slice(-4)}`}
      </code>
    </span>
  );
}
