import { formatCounted } from '@/components/format/format-count.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { eligibleInWords } from '../target-words.ts';
import { KindCounts } from './kind-counts.tsx';
import type { PreviewState } from './use-target-preview.ts';

/** What a rule names now, before anybody keeps or runs it. */
export function RulePreviewFigures({ preview, fault, isBehind }: PreviewState) {
  if (preview === null) {
    return isBehind && fault === null ? (
      <Skeleton width="60%" height={10} />
    ) : (
      <p className="text-fg-3">What belongs to it follows the rule.</p>
    );
  }
  return (
    <div className={isBehind ? 'opacity-60' : undefined}>
      <p className="font-medium" role="status">
        {preview.resources === 0
          ? 'Nothing belongs to it now.'
          : `${formatCounted(preview.resources, 'resource')}${eligibleInWords(preview)}`}
      </p>
      {preview.byKind.length === 0 ? null : <KindCounts byKind={preview.byKind} />}
    </div>
  );
}
