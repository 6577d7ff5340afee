'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { answerOf, inputOf, STEPS, type StepId, stepOfFaults, stepsOf } from '../connection-draft.ts';
import { StepRoles } from './step-roles.tsx';
import { StepSource } from './step-source.tsx';
import { StepTemplate } from './step-template.tsx';
import { StepVerify, VerifyAnswer } from './step-verify.tsx';
import { useConnection } from './use-connection.ts';
import type { WizardProps } from './wizard.tsx';
import { WizardFoot } from './wizard-foot.tsx';
import { WizardStep } from './wizard-step.tsx';

const TITLES: Readonly<Record<StepId, string>> = {
  source: 'What to connect',
  template: 'Role template',
  roles: 'Roles',
  verify: 'Verify',
};

interface Props extends WizardProps {
  readonly onSaved: (id: string) => void;
}

export function WizardSteps({ children, onSaved, ...props }: Props) {
  const { connection, defaults, standing, mayChange, mayScan, isFirst } = props;
  const [open, setOpen] = useState<StepId | null>(connection === null ? 'source' : 'verify');
  const [passed, setPassed] = useState<readonly StepId[]>(connection === null ? [] : STEPS);
  const form = useConnection({
    connection,
    defaults,
    onSaved,
    onFailed: (fields) => setOpen(stepOfFaults(fields) ?? 'verify'),
  });
  const { draft, change, faults, id } = form;
  const steps = stepsOf(draft.kind);

  function goOn(from: StepId): void {
    setPassed([...new Set([...passed, from])]);
    setOpen(steps[steps.indexOf(from) + 1] ?? 'verify');
  }

  const mayOpen = (step: StepId) =>
    passed.includes(step) || (step === 'verify' && steps.every((one) => one === step || passed.includes(one)));
  const typed = { draft, change, faults, mayChange };
  const bodies = {
    source: <StepSource {...typed} />,
    template: <StepTemplate {...typed} hasIdentity={defaults.identity !== null} />,
    roles: <StepRoles {...typed} />,
  } as const;

  return (
    <>
      <div className="section-head">
        <h2>{id === null ? 'Connect AWS' : inputOf(draft, id).name}</h2>
        <span className="text-12 text-fg-3">
          {id === null ? 'nothing is changed in AWS, and nothing is scanned before you start it' : ''}
        </span>
        {isFirst && id === null ? null : (
          <Link
            href="/settings/accounts"
            prefetch={false}
            className="more max-sm:flex max-sm:min-h-11 max-sm:items-center"
          >
            All connections
          </Link>
        )}
      </div>
      <ol>
        {steps.map((step, at) => (
          <WizardStep
            key={step}
            number={at + 1}
            title={TITLES[step]}
            state={stateOf(step, open, passed, standing?.tone === 'ok')}
            answer={
              step === 'verify' ? <VerifyAnswer id={id} {...props} /> : passed.includes(step) && answerOf(step, draft)
            }
            act={mayChange ? 'Change' : 'Show'}
            onOpen={step !== open && mayOpen(step) ? () => setOpen(step) : null}
          >
            {step === 'verify' ? (
              <StepVerify form={form} standing={standing} mayChange={mayChange}>
                {children}
              </StepVerify>
            ) : (
              <>
                {bodies[step]}
                {mayChange ? (
                  <Button className="mt-4" onClick={() => goOn(step)}>
                    Continue
                  </Button>
                ) : null}
              </>
            )}
          </WizardStep>
        ))}
      </ol>
      {id !== null && open === 'verify' && form.isKept && !form.isBusy && mayScan && standing !== null ? (
        <WizardFoot id={id} standing={standing} />
      ) : null}
    </>
  );
}

function stateOf(step: StepId, open: StepId | null, passed: readonly StepId[], isFine: boolean) {
  if (step === open) return 'current';
  if (!passed.includes(step)) return 'todo';
  return step === 'verify' && !isFine ? 'warn' : 'done';
}
