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

/** Each phase with its own count, in the order in which they run. */
export function JobPhases({ phases }: { readonly phases: readonly JobPhase[] }) {
  return (
    <ol>
      {phases.map((phase) => {
        const { icon: Icon, tone } = ICONS[phase.state];
        return (
          <li key={phase.name} className="flex h-8 items-center gap-2.5">
            <Icon size={14} strokeWidth={1.6} className={tone} role="img" aria-label={phase.state} />
            <span className={`min-w-0 flex-1 truncate ${phase.state === 'running' ? 'font-semibold' : ''}`}>
              {phase.name}
            </span>
            <span className="w-[86px] flex-none">
              {phase.total === null ? null : <Meter share={shareOf(phase)} label={phase.name} />}
            </span>
            <span className="num w-[130px] flex-none">{countOf(phase)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function shareOf({ done, total, state }: JobPhase): number {
  if (state === 'done') return 1;
  return total === null || total === 0 ? 0 : Math.min(1, done / total);
}

function countOf({ done, total, state }: JobPhase): string {
  if (state === 'waiting') return '–';
  if (total === null || total === done) return formatCount(done);
  return `${formatCount(done)} of ${formatCount(total)}`;
}
