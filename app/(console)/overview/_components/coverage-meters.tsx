import { formatCount, formatShare } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { Meter } from '@/components/ui/meter.tsx';
import type { CoverageShare } from '@/lib/core/model/views.ts';

export function CoverageMeters({ coverage }: { readonly coverage: readonly CoverageShare[] }) {
  if (coverage.length === 0) return <EmptyState kind="unknown" title="No resource is known yet" />;
  return (
    <section className="coverage-row" aria-label="Coverage">
      {coverage.map((share) => (
        <div key={`${share.kind}/${share.scanType}`}>
          <div className="mb-1.5 flex justify-between text-12">
            <span className="text-fg-2">{share.label}</span>
            <span className="font-medium">{share.total === 0 ? '–' : formatShare(share.scanned / share.total)}</span>
          </div>
          <Meter share={share.total === 0 ? 0 : share.scanned / share.total} />
          <div className="mt-[5px] text-11 text-fg-3">
            {formatCount(share.scanned)} of {formatCount(share.total)}
          </div>
        </div>
      ))}
    </section>
  );
}
