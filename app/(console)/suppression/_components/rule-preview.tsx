import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { SEVERITY_WORDS } from '@/components/findings/severity-words.ts';
import { formatCount, formatCounted, formatShare } from '@/components/format/format-count.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { SEVERITIES } from '@/lib/core/model/severity.ts';
import type { RulePreview } from '@/lib/operations/suppression/preview-suppression-rule.ts';

interface Props {
  readonly preview: RulePreview | null;
  readonly isBehind: boolean;
}

const NAMED_MAX = 6;

/** What a rule would hide, before anybody writes it. */
export function RulePreviewFigures({ preview, isBehind }: Props) {
  if (preview === null) {
    return isBehind ? (
      <Skeleton width="70%" height={10} />
    ) : (
      <p className="text-fg-3">The preview follows the query.</p>
    );
  }
  const { effect, needsTwo, refused } = preview;
  const atLeast = effect.isCut ? 'at least ' : '';
  const share = effect.open === 0 ? '' : `, ${formatShare(effect.total / effect.open)} of what is open`;
  return (
    <div className={isBehind ? 'opacity-60' : undefined}>
      <p className="font-medium" aria-live="polite">
        {effect.total === 0
          ? 'It hides nothing now.'
          : `It hides ${atLeast}${formatCounted(effect.total, 'finding')}${share}.`}
      </p>
      {effect.total === 0 ? null : (
        <>
          <div className="my-2">
            <SeverityBar counts={effect.severities} />
          </div>
          <ul className="grid grid-cols-2 gap-x-4">
            {SEVERITIES.map((severity) => (
              <li key={severity} className="flex h-6 items-center gap-2 text-12">
                <SeverityGlyph severity={severity} size={12} decorative />
                <span className="text-fg-2">{SEVERITY_WORDS[severity]}</span>
                <span className="ml-auto">{formatCount(effect.severities[severity])}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {refused === null ? null : (
        <p role="alert" className="mt-2 text-danger">
          {refused}
        </p>
      )}
      {needsTwo && refused === null ? (
        <p className="mt-2 text-warn">{graveOf(preview)} The rule hides nothing until a second person approves it.</p>
      ) : null}
      {effect.overlap.length === 0 ? null : (
        <p className="mt-2 text-12 text-fg-2">
          Hidden already:{' '}
          {effect.overlap
            .slice(0, NAMED_MAX)
            .map(({ name, findings }) => `${formatCount(findings)} by ${name}`)
            .join(', ')}
          {effect.overlap.length > NAMED_MAX ? ` and ${effect.overlap.length - NAMED_MAX} more rules` : ''}.
        </p>
      )}
      {effect.laterExploited === 0 ? null : (
        <p className="mt-2 text-12 text-warn">
          It would have hidden {formatCounted(effect.laterExploited, 'finding')} that later became known to be
          exploited: {namesOf(effect.laterExploitedIds)}.
        </p>
      )}
    </div>
  );
}

function graveOf({ effect }: RulePreview): string {
  const parts = [
    effect.severities.CRITICAL > 0 ? `${formatCount(effect.severities.CRITICAL)} critical` : '',
    effect.knownExploited > 0 ? `${formatCount(effect.knownExploited)} known to be exploited` : '',
  ].filter((part) => part !== '');
  return `${parts.join(' and ')} would be hidden.`;
}

function namesOf(ids: readonly string[]): string {
  const more = ids.length > NAMED_MAX ? ` and ${ids.length - NAMED_MAX} more` : '';
  return `${ids.slice(0, NAMED_MAX).join(', ')}${more}`;
}
