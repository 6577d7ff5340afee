import { Circle, CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { JobPhase } from '@/lib/core/model/views.ts';
import { formatCount } from '../format/format-count.ts';
import { Meter } from '../ui/meter.tsx';

const ICONS = {
  waiting: { icon: Circle, tone: 'text-fg-3' },
  running: { icon: LoaderCircle, tone: 'text-accent turning' },
  done: { icon: CircleCheck, tone: 'text-ok' },
  failed: { icon: CircleX, tone: 'text-danger' },
} as const satisfies Record<JobPhase['state'], unknown>;

interface Props {
  readonly phases: readonly JobPhase[];
  /** What stands after the count of a phase, by its name. */
  readonly notes?: ReadonlyMap<string, string>;
}

/** Each phase with its own count, in the order in which they run. */
export function JobPhases({ phases, notes }: Props) {
  return (
    <ol className="grid grid-cols-[auto_minmax(0,1fr)_86px_minmax(110px,auto)] gap-x-2.5 max-sm:grid-cols-[auto_minmax(0,1fr)_36px_auto]">
      {phases.map((phase) => {
        const { icon: Icon, tone } = ICONS[phase.state];
        return (
          <li key={phase.name} className="col-span-full grid h-8 grid-cols-subgrid items-center">
            <Icon size={14} strokeWidth={1.6} className={tone} role="img" aria-label={phase.state} />
            <span className={`truncate ${phase.state === 'running' ? 'font-semibold' : ''}`}>{phase.name}</span>
            <span>{phase.total === null ? null : <Meter share={shareOf(phase)} label={phase.name} />}</span>
            <span className="num whitespace-nowrap">
              {countOf(phase)}
              {notes?.has(phase.name) ? `, ${notes.get(phase.name)}` : ''}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** How much of a phase is done, 0 to 1. */
export function shareOf({ done, total, state }: JobPhase): number {
  if (state === 'done') return 1;
  return total === null || total === 0 ? 0 : Math.min(1, done / total);
}

/** `1,204 of 2,172`. */
export function countOf({ done, total, state }: JobPhase): string {
  if (state === 'waiting') return '–';
  if (total === null || total === done) return formatCount(done);
  return `${formatCount(done)} of ${formatCount(total)}`;
}
