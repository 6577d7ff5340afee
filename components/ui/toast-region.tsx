'use client';

import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import { mergeToasts, type ToastRequest, takeToasts } from './toast-queue.ts';
import { setUndo } from './undo.ts';

const UNDO_MILLISECONDS = 10_000;

/** The line at the foot of the page. What was asked for before it was loaded is shown first. */
export function ToastRegion({ waiting }: { readonly waiting: readonly ToastRequest[] }) {
  useEffect(() => {
    if (waiting.length > 0) for (const request of takeToasts()) show(request);
  }, [waiting]);
  return <Toaster position="bottom-center" visibleToasts={1} toastOptions={{ unstyled: true }} />;
}

let last: { readonly id: string | number; readonly request: ToastRequest } | null = null;

function show(request: ToastRequest): void {
  const merged = last === null ? null : mergeToasts(last.request, request);
  const shown = merged ?? request;
  // The same place, so that a count that grows does not jump; its ten seconds begin again.
  const id = draw(shown, merged === null ? undefined : last?.id);
  last = { id, request: shown };
}

/** What has gone from the page is not said again together with something else. */
function forget(id: string | number): void {
  if (last?.id === id) last = null;
}

function draw({ text, undo, error, action }: ToastRequest, place: string | number | undefined): string | number {
  const id = toast.custom(
    (toastId) => (
      <div className="toast on-dark" role={error ? 'alert' : 'status'}>
        <span className="min-w-0 flex-1">{text}</span>
        <button
          type="button"
          className="flex h-7 items-center gap-1.5 px-1.5 font-semibold"
          onClick={(event) => {
            // What comes next in this place must not get the keys that are meant for the list.
            event.currentTarget.blur();
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
    {
      ...(place === undefined ? {} : { id: place }),
      duration: error ? Number.POSITIVE_INFINITY : UNDO_MILLISECONDS,
      onDismiss: ({ id: gone }) => forget(gone),
      onAutoClose: ({ id: gone }) => forget(gone),
    },
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
  return id;
}
