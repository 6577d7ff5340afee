import type { ScoreBreakdown } from '@/lib/core/model/finding.ts';
import { Popover } from '../ui/popover.tsx';
import { ScoreSteps } from './score-steps.tsx';

interface Props {
  readonly score: number | null;
  readonly breakdown?: ScoreBreakdown;
}

/** Our score, 0.0 to 10.0; with a breakdown it opens its own explanation. */
export function ScorePill({ score, breakdown }: Props) {
  const text = score === null ? '–' : score.toFixed(1);
  const name = score === null ? 'No score: no base score is published' : `Score ${text}`;
  if (!breakdown) {
    return (
      <span className="score-pill" data-unknown={score === null || undefined} title={name}>
        {text}
      </span>
    );
  }
  return (
    <Popover
      label={`Why ${text}`}
      width={340}
      trigger={
        <button type="button" className="score-pill" data-unknown={score === null || undefined} aria-label={name}>
          {text}
        </button>
      }
    >
      <div className="px-3 py-2.5">
        <div className="mb-1.5 flex">
          <b className="font-medium">{score === null ? 'No score yet' : `Score ${text}`}</b>
          <span className="ml-auto text-12 text-fg-3">Formula {breakdown.formula}</span>
        </div>
        <ScoreSteps breakdown={breakdown} />
        {breakdown.cappedFrom === null ? null : (
          <p className="mt-1 text-12 text-fg-3">Capped from {breakdown.cappedFrom.toFixed(1)}.</p>
        )}
      </div>
    </Popover>
  );
}
