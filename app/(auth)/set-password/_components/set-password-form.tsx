'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { FormFailure } from '../../_components/form-failure.tsx';
import { setPasswordAction } from '../actions.ts';

interface Props {
  readonly code: string;
  readonly email: string;
}

export function SetPasswordForm({ code, email }: Props) {
  const [{ failure }, submit, pending] = useActionState(setPasswordAction, { failure: null, typed: {} });
  const fields = failure?.fields ?? {};
  return (
    <form action={submit} className="grid gap-4" noValidate>
      <FormFailure message={failure !== null && Object.keys(fields).length === 0 ? failure.message : null} />
      <input type="hidden" name="code" value={code} />
      {/* Password managers keep the new password under the name that stands beside it. */}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters, and not the e-mail address."
        error={fields.password}
        required
      />
      <Button kind="primary" type="submit" className="sm:h-8 justify-self-start" disabled={pending}>
        {pending ? 'Saving' : 'Save password and sign in'}
      </Button>
    </form>
  );
}
