'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from './button.tsx';

/** Without a handler of its own it asks the server for the page again. */
export function RetryButton({ onRetry }: { readonly onRetry?: () => void }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Button disabled={pending} onClick={() => (onRetry ? onRetry() : startTransition(() => router.refresh()))}>
      {pending ? 'Retrying' : 'Retry'}
    </Button>
  );
}
