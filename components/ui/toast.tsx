'use client';

import { Toaster as SonnerToaster, toast } from 'sonner';
import { setUndo } from './undo.ts';

const UNDO_MILLISECONDS = 10_000;

/** One line at the foot of the page. With `undo`, Z takes it back for ten seconds; an error stays until dismissed. */
export function showToast(text: string, options: { readonly undo?: () => void; readonly error?: boolean } = {}): void {
  const { undo, error = false } = options;
  const id = toast.custom(
    (toastId) => (
      <div className="toast on-dark" role={error ? 'alert' : 'status'}>
        <span className="min-w-0 flex-1">{text}</span>
        <button
          type="button"
          className="flex h-7 items-center gap-1.5 px-1.5 font-semibold"
          onClick={() => {
            undo?.();
            setUndo(null);
            toast.dismiss(toastId);
          }}
        >
          {undo ? (
            <>
              Undo <kbd>Z</kbd>
            </>
          ) : (
            'Dismiss'
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

export function Toaster() {
  return <SonnerToaster position="bottom-center" visibleToasts={1} toastOptions={{ unstyled: true }} />;
}
