'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { showToast } from '../ui/toast-queue.ts';

interface Props {
  /** Given, so that it is no script. */
  readonly icon: ReactNode;
  /** The server action that queues the removal. */
  readonly remove: (
    input: unknown,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;
  readonly mayRemove: boolean;
}

/** Says on every page that some figures are made up, for as long as they are. */
export function SampleStrip({ icon, remove, mayRemove }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function act() {
    startTransition(async () => {
      const result = await remove({});
      showToast(result.ok ? 'Sample estate is being removed' : result.message, { error: !result.ok });
      router.refresh();
    });
  }

  return (
    <div className="no-print flex h-7 flex-none items-center gap-2 border-line border-b bg-accent-tint px-(--gutter) text-12 text-accent">
      {icon}
      <b className="font-semibold">Sample estate</b>
      <span className="truncate text-fg-2 max-sm:hidden">Made-up accounts and findings, marked as sample.</span>
      {mayRemove ? (
        <button type="button" className="hit ml-auto font-semibold" disabled={pending} onClick={act}>
          {pending ? 'Removing' : 'Remove'}
        </button>
      ) : null}
    </div>
  );
}
