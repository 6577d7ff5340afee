'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { FormFailure } from '../../_components/form-failure.tsx';
import { setUpAction } from '../actions.ts';

export function SetUpForm({ code }: { readonly code: string }) {
  const [{ failure, typed }, submit, pending] = useActionState(setUpAction, { failure: null, typed: {} });
  const fields = failure?.fields ?? {};
  return (
    <form action={submit} className="grid gap-4" noValidate>
      <FormFailure message={failure !== null && Object.keys(fields).length === 0 ? failure.message : null} />
      <input type="hidden" name="code" value={code} />
      <TextField label="Name" name="name" autoComplete="name" defaultValue={typed.name} error={fields.name} required />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={typed.email}
        error={fields.email}
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters, and not the e-mail address."
        error={fields.password}
        required
      />
      <Button kind="primary" type="submit" className="sm:h-8 justify-self-start" disabled={pending}>
        {pending ? 'Creating' : 'Create sign-in'}
      </Button>
    </form>
  );
}
