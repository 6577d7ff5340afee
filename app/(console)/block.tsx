import { type ReactNode, Suspense } from 'react';
import { ErrorState } from '@/components/ui/block-state.tsx';
import type { ActionResult } from '@/lib/auth/action-result.ts';

interface Props<T> {
  /** What the block shows, as the subject of "did not load". */
  readonly name: string;
  readonly data: Promise<ActionResult<T>>;
  /** Takes the same room as the filled block, so that nothing moves when data arrives. */
  readonly skeleton: ReactNode;
  readonly children: (value: T) => ReactNode;
}

/** A part of a page that loads, and fails, alone. */
export function Block<T>(props: Props<T>) {
  return (
    <Suspense fallback={props.skeleton}>
      <Settled {...props} />
    </Suspense>
  );
}

async function Settled<T>({ name, data, children }: Props<T>) {
  const result = await data;
  if (!result.ok) return <ErrorState title={`${name} did not load`} message={result.message} />;
  return children(result.value);
}
