'use client';

import { Check } from 'lucide-react';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';
import { classNames } from '@/components/ui/class-names.ts';
import { useFirstRun } from './first-run.ts';

const STEPS = [
  ['Create the first sign-in', 'Done'],
  ['Choose a first source', 'More can be added at any time'],
  ['Scan', 'Advisories first, then packages'],
  ['First finding', 'Usually within a minute'],
] as const;

export function WelcomeSteps() {
  const current = useCurrentStep();
  return (
    <ol>
      {STEPS.map(([title, note], index) => {
        const state = stateOf(index, current);
        return (
          <li
            key={title}
            aria-current={state === 'now' ? 'step' : undefined}
            className="relative grid grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 pb-5.5 not-last:before:absolute not-last:before:top-5 not-last:before:bottom-0 not-last:before:left-[9px] not-last:before:w-px not-last:before:bg-line-strong"
          >
            <span
              className={classNames(
                'mt-px grid size-[18px] place-items-center rounded-full border font-medium text-11',
                state === 'now' && 'border-fg bg-fg text-canvas',
                state === 'done' && 'border-ok text-ok',
                state === 'later' && 'border-line-control bg-sunken text-fg-2',
              )}
            >
              {state === 'done' ? <Check size={11} strokeWidth={2} aria-label="Done" /> : index + 1}
            </span>
            <span>
              <span className={state === 'now' ? 'font-semibold' : 'font-medium text-fg-2'}>{title}</span>
              <span className="mt-0.5 block text-12 text-fg-3">{note}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Index of the step at hand: the choice, the scan, or what it found. */
function useCurrentStep(): number {
  const started = useFirstRun();
  const state = useJobProgress(started?.jobs.at(-1) ?? null).data?.job.state;
  if (started === null) return 1;
  return state !== undefined && hasEnded(state) ? 3 : 2;
}

function stateOf(step: number, current: number): 'done' | 'now' | 'later' {
  if (step === current) return 'now';
  return step < current ? 'done' : 'later';
}
