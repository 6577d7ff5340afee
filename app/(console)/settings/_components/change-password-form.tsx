'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { changeOwnPasswordAction } from '../actions.ts';

type Result = ActionResult<{ readonly ended: number }> | null;

export function ChangePasswordForm({ email }: { readonly email: string }) {
  const [result, submit, pending] = useActionState<Result, FormData>(
    (_before, form) => changeOwnPasswordAction(form),
    null,
  );
  const fields = result !== null && !result.ok ? result.fields : {};
  return (
    <form action={submit} className="grid max-w-80 gap-4" noValidate>
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <TextField
        label="Present password"
        name="current"
        type="password"
        autoComplete="current-password"
        error={fields.current}
        required
      />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters, and not the e-mail address."
        error={fields.password}
        required
      />
      <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
        {pending ? 'Changing' : 'Change password'}
      </Button>
      <p role="status" className={result?.ok === false ? 'text-danger' : 'text-ok'}>
        {inWords(result)}
      </p>
    </form>
  );
}

function inWords(result: Result): string {
  if (result === null) {
    return '';
  }
  if (!result.ok) {
    return Object.keys(result.fields).length === 0 ? result.message : '';
  }
  const { ended } = result.value;
  return ended === 1 ? 'Password changed; 1 other session ended.' : `Password changed; ${ended} other sessions ended.`;
}
