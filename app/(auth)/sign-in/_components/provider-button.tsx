'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { FormFailure } from '../../_components/form-failure.tsx';

interface Props {
  readonly name: string;
  readonly next: string;
}

/** Starts sign-in at the identity provider. Its code is loaded on the click, because most people never press it. */
export function ProviderButton({ name, next }: Props) {
  const [state, setState] = useState<'idle' | 'pending' | 'failed'>('idle');

  async function start(): Promise<void> {
    setState('pending');
    try {
      const { signIn } = await import('next-auth/react');
      await signIn('oidc', { callbackUrl: next });
    } catch {
      setState('failed');
    }
  }

  return (
    <>
      <FormFailure
        message={state === 'failed' ? 'Harrier could not be reached. Check the connection and try again.' : null}
      />
      <Button className="sm:h-8" disabled={state === 'pending'} onClick={() => void start()}>
        Sign in with {name}
      </Button>
      <p className="flex items-center gap-3 text-12 text-fg-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or with a password
      </p>
    </>
  );
}
