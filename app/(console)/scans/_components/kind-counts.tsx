import { formatCount } from '@/components/format/format-count.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import type { TargetPreview } from '@/lib/core/model/scan-target.ts';

/** How many of each kind there are. */
export function KindCounts({ byKind }: Pick<TargetPreview, 'byKind'>) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4">
      {byKind.map(({ kind, resources }) => (
        <div key={kind} className="contents">
          <dt className="text-fg-2">{wordOf(kind)}</dt>
          <dd className="num">{formatCount(resources)}</dd>
        </div>
      ))}
    </dl>
  );
}

function wordOf(kind: string): string {
  const words: Readonly<Record<string, string>> = KIND_WORDS;
  return words[kind] ?? kind;
}
