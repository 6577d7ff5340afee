import { CircleHelp } from 'lucide-react';
import { formatCounted } from '@/components/format/format-count.ts';
import type { ExposureView } from '@/lib/core/model/exposure-view.ts';

/** Why the figures of the page are not the whole: what could not be read, and appliances whose rules are not known. */
export function Doubts({ view: { doubts } }: { readonly view: ExposureView }) {
  if (doubts.length === 0) return null;
  return (
    <details className="-mx-(--gutter) border-line border-b px-(--gutter) py-2 text-12">
      <summary className="flex cursor-pointer items-center gap-2 text-warn">
        <CircleHelp size={14} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />
        Not everything is known: {doubts.length === 1 ? 'one reason' : `${doubts.length} reasons`}
      </summary>
      <ul className="mt-1 pl-[22px] text-fg-2">
        {doubts.map(({ reason, instances }) => (
          <li key={reason} className="break-words">
            {formatCounted(instances, 'instance')}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
