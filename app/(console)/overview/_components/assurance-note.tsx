import { PartialStrip } from '@/components/ui/block-state.tsx';
import type { Assurance } from '@/lib/core/model/views.ts';

interface Props {
  readonly assurance: Assurance;
  readonly openTotal: number;
}

/** Zero is a result only where a scan proves it; otherwise the page says what is missing. */
export function AssuranceNote({ assurance, openTotal }: Props) {
  if (assurance.proven || assurance.gaps.length === 0) return null;
  const [first, ...more] = assurance.gaps;
  return (
    <div className="pt-3">
      <PartialStrip>
        <b className="font-semibold">{openTotal === 0 ? 'Zero findings is not known:' : 'Figures are "at least":'}</b>{' '}
        {first}
        {more.length > 0 ? (
          <details className="inline-block">
            <summary className="cursor-pointer pl-1 font-semibold">{more.length} more</summary>
            <ul className="mt-1 list-disc pl-4">
              {more.map((gap) => (
                <li key={gap}>{gap}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </PartialStrip>
    </div>
  );
}
