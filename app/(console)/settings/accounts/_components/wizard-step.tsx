'use client';

import { Check, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

type StepState = 'todo' | 'current' | 'done' | 'warn';

const WORDS: Readonly<Record<StepState, string>> = {
  todo: 'To do: ',
  current: '',
  done: 'Done: ',
  warn: 'Done, with something missing: ',
};

interface Props {
  readonly number: number;
  readonly title: string;
  readonly state: StepState;
  /** What was answered, in one line. */
  readonly answer: ReactNode;
  /** Name of the button that opens it. */
  readonly act: string;
  /** Null where it cannot be opened, or is. */
  readonly onOpen: (() => void) | null;
  readonly children: ReactNode;
}

/** A step of which only the current one is open. */
export function WizardStep({ number, title, state, answer, act, onOpen, children }: Props) {
  const head = useRef<HTMLHeadingElement>(null);
  const isCurrent = state === 'current';
  const wasCurrent = useRef(isCurrent);

  // Whoever goes on by keyboard goes on in the step that opened.
  useEffect(() => {
    if (isCurrent && !wasCurrent.current) head.current?.focus();
    wasCurrent.current = isCurrent;
  }, [isCurrent]);

  return (
    <li className="wizard-step" data-state={state} aria-current={isCurrent ? 'step' : undefined}>
      <span className="wizard-dot" aria-hidden="true">
        <Dot state={state} number={number} />
      </span>
      <h3 ref={head} tabIndex={-1}>
        <span>
          <span className="vh">{WORDS[state]}</span>
          {title}
        </span>
        {answer ? <span className="wizard-answer">{answer}</span> : null}
      </h3>
      {onOpen === null ? null : (
        <button type="button" className="wizard-change hit" aria-label={`${act}: ${title}`} onClick={onOpen}>
          {act}
        </button>
      )}
      {isCurrent ? <div className="wizard-body">{children}</div> : null}
    </li>
  );
}

function Dot({ state, number }: { readonly state: StepState; readonly number: number }) {
  if (state === 'done') return <Check size={11} strokeWidth={1.6} />;
  return state === 'warn' ? <TriangleAlert size={10} strokeWidth={1.8} /> : number;
}
