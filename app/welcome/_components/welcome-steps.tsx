import { Check } from 'lucide-react';
import { classNames } from '@/components/ui/class-names.ts';

const STEPS = [
  ['Create the first sign-in', 'Done', 'done'],
  ['Choose a first source', 'More can be added at any time', 'now'],
  ['Scan', 'Advisories first, then packages', 'later'],
  ['First finding', 'Usually within a minute', 'later'],
] as const;

export function WelcomeSteps() {
  return (
    <ol>
      {STEPS.map(([title, note, state], index) => (
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
      ))}
    </ol>
  );
}
