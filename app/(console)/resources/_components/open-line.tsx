import { formatCount } from '@/components/format/format-count.ts';
import type { OpenStep } from '@/lib/core/model/estate.ts';

interface Props {
  /** Oldest first. */
  readonly steps: readonly OpenStep[];
  readonly start: number;
  readonly end: number;
}

const WIDTH = 1_000;
const HEIGHT = 28;
const EDGE = 3;
/** More would stand on each other. */
const LABELS_MAX = 8;

/** How many findings were open over time: a step wherever that changed, with how many more or fewer. */
export function OpenLine({ steps, start, end }: Props) {
  const last = steps.at(-1);
  if (last === undefined) return null;
  const most = Math.max(1, ...steps.map(({ open }) => open));
  const x = (at: Date) => Math.max(0, Math.min(1, (at.getTime() - start) / (end - start)));
  const y = (open: number) => HEIGHT - EDGE - (open / most) * (HEIGHT - 2 * EDGE);
  const path = steps.map(({ at, open }, index) =>
    index === 0 ? `M${x(at) * WIDTH} ${y(open)}` : `H${x(at) * WIDTH} V${y(open)}`,
  );
  const changes = steps.flatMap(({ at, open }, index) => {
    const before = steps[index - 1];
    return before === undefined || before.open === open ? [] : [{ at, change: open - before.open }];
  });
  const labelled = changes.length > LABELS_MAX ? [] : changes;
  return (
    <div className="open-line">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={inWords(steps)}>
        <path d={`${path.join(' ')} H${WIDTH}`} vectorEffect="non-scaling-stroke" />
      </svg>
      {labelled.map(({ at, change }) => (
        <span key={at.getTime()} aria-hidden="true" style={{ left: `${x(at) * 100}%` }}>
          {change > 0 ? `+${formatCount(change)}` : `−${formatCount(-change)}`}
        </span>
      ))}
      <b aria-hidden="true">{formatCount(last.open)} open</b>
    </div>
  );
}

function inWords(steps: readonly OpenStep[]): string {
  const first = steps[0]?.open ?? 0;
  const last = steps.at(-1)?.open ?? 0;
  return `${formatCount(first)} open findings became ${formatCount(last)} in ${formatCount(steps.length - 1)} steps`;
}
