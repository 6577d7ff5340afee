import { classNames } from '@/components/ui/class-names.ts';

const STEPS = [
  ['Create the first sign-in', 'You are here'],
  ['Choose a first source', 'More can be added at any time'],
  ['Verify and scan', 'Access is checked first'],
  ['First finding', 'Usually within 10 minutes'],
] as const;

/** The way from here to the first finding. */
export function SetUpSteps() {
  return (
    <aside className="border-line border-r bg-sunken px-6 py-7 max-md:hidden" aria-label="Steps of set-up">
      <ol>
        {STEPS.map(([title, note], index) => (
          <li
            key={title}
            aria-current={index === 0 ? 'step' : undefined}
            className="relative grid grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 pb-5.5 not-last:before:absolute not-last:before:top-5 not-last:before:bottom-0 not-last:before:left-[9px] not-last:before:w-px not-last:before:bg-line-strong"
          >
            <span
              className={classNames(
                'mt-px grid size-[18px] place-items-center rounded-full border font-medium text-11',
                index === 0 ? 'border-fg bg-fg text-canvas' : 'border-line-control bg-sunken text-fg-2',
              )}
            >
              {index + 1}
            </span>
            <span>
              <span className={index === 0 ? 'font-semibold' : 'font-medium text-fg-2'}>{title}</span>
              <span className="mt-0.5 block text-12 text-fg-3">{note}</span>
            </span>
          </li>
        ))}
      </ol>
    </aside>
  );
}
