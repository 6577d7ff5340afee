import { CircleHelp } from 'lucide-react';

/** Why the figures of a page are not the whole, in sentences; nothing where they are. */
export function DoubtList({ doubts }: { readonly doubts: readonly string[] }) {
  if (doubts.length === 0) return null;
  return (
    <details className="border-line border-b py-2 text-12">
      <summary className="flex cursor-pointer items-center gap-2 text-warn">
        <CircleHelp size={14} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />
        Not everything is known: {doubts.length === 1 ? 'one reason' : `${doubts.length} reasons`}
      </summary>
      <ul className="mt-1 pl-[22px] text-fg-2">
        {doubts.map((doubt) => (
          <li key={doubt} className="break-words">
            {doubt}
          </li>
        ))}
      </ul>
    </details>
  );
}
