'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { FormFailure } from '../../_components/form-failure.tsx';
import { signInAction } from '../actions.ts';

export function SignInForm({ next }: { readonly next: string }) {
  const [{ failure, typed }, submit, pending] = useActionState(signInAction, { failure: null, typed: {} });
  const fields = failure?.fields ?? {};
  return (
    <form action={submit} className="grid gap-4" noValidate>
      <FormFailure message={failure !== null && Object.keys(fields).length === 0 ? failure.message : null} />
      <input type="hidden" name="next" value={next} />
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
        autoComplete="current-password"
        error={fields.password}
        required
      />
      <Button kind="primary" type="submit" className="sm:h-8 justify-self-start" disabled={pending}>
        {pending ? 'Signing in' : 'Sign in'}
      </Button>
      <p className="text-12 text-fg-3">
        Lost the password? An administrator can make a new link under Settings, Users.
      </p>
    </form>
  );
}
