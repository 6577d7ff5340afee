'use client';

import { ErrorState } from '@/components/ui/block-state.tsx';

interface Props {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}

export default function ConsoleError({ error, reset }: Props) {
  return (
    <div className="max-w-[640px] px-(--gutter) pt-6">
      <ErrorState
        title="This page did not load"
        message="What was stored is untouched, and the other pages still work."
        requestId={error.digest ?? null}
        onRetry={reset}
      />
    </div>
  );
}
