import type { ScoreBreakdown, ScoreTerm } from '@/lib/core/model/finding.ts';

const FACTOR_WORDS: Readonly<Record<ScoreTerm['factor'], string>> = {
  cvss: 'CVSS base',
  reachability: 'Reachability',
  exploitation: 'Exploitation',
  environment: 'Environment',
  controls: 'Controls',
};

interface Step {
  readonly term: ScoreTerm;
  readonly left: number;
  readonly width: number;
  readonly colour: string;
}

/** The signed steps from the published base to our score, each on the scale of 0 to 10. */
export function ScoreSteps({ breakdown }: { readonly breakdown: ScoreBreakdown }) {
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)_84px_34px] items-center gap-x-2.5">
      {stepsOf(breakdown).map(({ term, left, width, colour }) => (
        <div key={`${term.factor} ${term.detail}`} className="contents">
          <span className="h-5 text-fg-2">{FACTOR_WORDS[term.factor]}</span>
          <span className="h-5 truncate text-12 text-fg-3 leading-5" title={term.detail}>
            {term.detail}
          </span>
          <span className="relative h-5" aria-hidden="true">
            {term.value === 0 ? null : (
              <i
                className="absolute top-1.5 h-2 rounded-[1px]"
                style={{ left: `${left}%`, width: `max(2px, ${width}%)`, background: colour }}
              />
            )}
          </span>
          <span className="num h-5">{signed(term)}</span>
        </div>
      ))}
    </div>
  );
}

function stepsOf(breakdown: ScoreBreakdown): readonly Step[] {
  const scale = Math.max(10, breakdown.cappedFrom ?? 0);
  let sum = 0;
  return breakdown.terms.map((term) => {
    const from = Math.min(sum, sum + term.value);
    sum += term.value;
    return {
      term,
      left: (from / scale) * 100,
      width: (Math.abs(term.value) / scale) * 100,
      colour: colourOf(term),
    };
  });
}

function colourOf(term: ScoreTerm): string {
  if (term.factor === 'cvss') return 'var(--line-control)';
  return term.value < 0 ? 'var(--accent)' : 'var(--crit)';
}

function signed(term: ScoreTerm): string {
  if (term.factor === 'cvss' || term.value === 0) return term.value.toFixed(1);
  return term.value > 0 ? `+${term.value.toFixed(1)}` : `−${Math.abs(term.value).toFixed(1)}`;
}
