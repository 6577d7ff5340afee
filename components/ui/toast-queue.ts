export interface ToastRequest {
  readonly text: string;
  readonly undo: (() => void) | null;
  readonly error: boolean;
  /** A button in place of the one that dismisses. */
  readonly action: ToastAction | null;
}

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

const NONE: readonly ToastRequest[] = [];
let waiting: readonly ToastRequest[] = NONE;
const listeners = new Set<() => void>();

/** One line at the foot of the page. With `undo`, Z takes it back for ten seconds; an error stays until dismissed. */
export function showToast(
  text: string,
  options: { readonly undo?: () => void; readonly error?: boolean; readonly action?: ToastAction } = {},
): void {
  const { undo = null, error = false, action = null } = options;
  replace([...waiting, { text, undo, error, action }]);
}

/** Hands over what waits; each request is shown once. */
export function takeToasts(): readonly ToastRequest[] {
  const taken = waiting;
  replace(NONE);
  return taken;
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function waitingToasts(): readonly ToastRequest[] {
  return waiting;
}

export function noToasts(): readonly ToastRequest[] {
  return NONE;
}

function replace(next: readonly ToastRequest[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}
