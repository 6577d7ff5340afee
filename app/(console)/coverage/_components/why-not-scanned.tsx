import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import type { SearchValues } from '@/components/layout/search-params.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { Meter } from '@/components/ui/meter.tsx';
import { reasonOf } from '@/lib/core/coverage/reason-codes.ts';
import type { CoverageReason } from '@/lib/core/coverage/summary.ts';
import { ledgerAddress } from '../search-params.ts';
import { LEDGER_WORDS } from './ledger-mark.tsx';

interface Props {
  readonly reasons: readonly CoverageReason[];
  readonly silent: number;
  readonly kept: SearchValues;
}

/** Everything that is not scanned, by reason: the parts sum to the gap. */
export function WhyNotScanned({ reasons, silent, kept }: Props) {
  const gap = reasons.reduce((sum, { resources }) => sum + resources, 0);
  const most = Math.max(1, ...reasons.map(({ resources }) => resources));
  return (
    <section>
      <h2 className="mb-1 font-semibold">{gap === 0 ? 'Everything known is scanned' : headOf(gap)}</h2>
      <ul className="why">
        {reasons.map(({ reason, kind, state, resources }) => (
          <li key={`${kind} ${reason} ${state}`}>
            <Link
              className="why-reason"
              prefetch={false}
              href={ledgerAddress(kept, { kinds: [kind], states: [state], reason })}
              title={reasonOf(reason).act || undefined}
            >
              <span className="min-w-0 break-words">
                <span className="block">{reasonOf(reason).title}</span>
                <span className="block text-12 text-fg-3">
                  {KIND_WORDS[kind]}, {LEDGER_WORDS[state].toLowerCase()}
                </span>
              </span>
              <Meter share={resources / most} />
              <span className="num">{formatCount(resources)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {silent > 0 ? (
        <p className="mt-2 text-12 text-fg-2">
          <Link className="font-medium text-accent hover:underline" href={ledgerAddress(kept, { silent: true })}>
            {formatCount(silent)} {silent === 1 ? 'finds' : 'find'} nothing
          </Link>
          , though others of the same image do.
        </p>
      ) : null}
    </section>
  );
}

function headOf(gap: number): string {
  return gap === 1 ? 'Why 1 is not scanned' : `Why ${formatCount(gap)} are not scanned`;
}
