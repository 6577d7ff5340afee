'use client';

import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import { type ToastRequest, takeToasts } from './toast-queue.ts';
import { setUndo } from './undo.ts';

const UNDO_MILLISECONDS = 10_000;

/** The line at the foot of the page. What was asked for before it was loaded is shown first. */
export function ToastRegion({ waiting }: { readonly waiting: readonly ToastRequest[] }) {
  useEffect(() => {
    if (waiting.length > 0) for (const request of takeToasts()) show(request);
  }, [waiting]);
  return <Toaster position="bottom-center" visibleToasts={1} toastOptions={{ unstyled: true }} />;
}

function show({ text, undo, error, action }: ToastRequest): void {
  const id = toast.custom(
    (toastId) => (
      <div className="toast on-dark" role={error ? 'alert' : 'status'}>
        <span className="min-w-0 flex-1">{text}</span>
        <button
          type="button"
          className="flex h-7 items-center gap-1.5 px-1.5 font-semibold"
          onClick={() => {
            undo?.();
            action?.run();
            setUndo(null);
            toast.dismiss(toastId);
          }}
        >
          {undo ? (
            <>
              Undo <kbd>Z</kbd>
            </>
          ) : (
            (action?.label ?? 'Dismiss')
          )}
        </button>
      </div>
    ),
    { duration: error ? Number.POSITIVE_INFINITY : UNDO_MILLISECONDS },
  );
  setUndo(
    undo
      ? () => {
          undo();
          toast.dismiss(id);
        }
      : null,
    UNDO_MILLISECONDS,
  );
}
