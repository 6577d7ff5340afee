'use client';

import { type ReactNode, useState, useTransition } from 'react';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { Button } from './button.tsx';

type Faults = Readonly<Record<string, string>>;

interface Props<Value> {
  readonly action: (form: FormData) => Promise<ActionResult<Value>>;
  readonly onDone: (value: Value) => void;
  readonly submitLabel: string;
  /** The fields, given what is wrong with each by its name. */
  readonly children: (faults: Faults) => ReactNode;
}

/** A form of a server action: it shows faults beside their fields, any other below them, and is pressed once. */
export function ActionForm<Value>({ action, onDone, submitLabel, children }: Props<Value>) {
  const [failure, setFailure] = useState<{ readonly message: string; readonly fields: Faults } | null>(null);
  const [pending, startTransition] = useTransition();
  const faults = failure?.fields ?? {};

  function submit(form: FormData): void {
    startTransition(async () => {
      const result = await action(form);
      if (result.ok) onDone(result.value);
      else setFailure(result);
    });
  }

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      {children(faults)}
      <p role="alert" className="text-danger empty:hidden">
        {failure !== null && Object.keys(faults).length === 0 ? failure.message : ''}
      </p>
      <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
        {submitLabel}
      </Button>
    </form>
  );
}
