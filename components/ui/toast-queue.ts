export interface ToastRequest {
  readonly text: string;
  readonly undo: (() => void) | null;
  readonly error: boolean;
  /** A button in place of the one that dismisses. */
  readonly action: ToastAction | null;
  /** The same thing said again while it still stands there is one line with both counts, and one way back. */
  readonly merge: ToastMerge | null;
}

export interface ToastMerge {
  /** What makes two of them the same. */
  readonly key: string;
  readonly count: number;
  readonly words: (count: number) => string;
}

interface ToastOptions {
  readonly undo?: () => void;
  readonly error?: boolean;
  readonly action?: ToastAction | null;
  readonly merge?: ToastMerge | null;
}

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

const NONE: readonly ToastRequest[] = [];
let waiting: readonly ToastRequest[] = NONE;
const listeners = new Set<() => void>();

/** One line at the foot of the page. With `undo`, Z takes it back for ten seconds; an error stays until dismissed. */
export function showToast(text: string, { undo, error = false, action = null, merge = null }: ToastOptions = {}): void {
  replace([...waiting, { text, undo: undo ?? null, error, action, merge }]);
}

/** Both said as one, with what takes back the newer first; null where they are not the same thing. */
export function mergeToasts(shown: ToastRequest, next: ToastRequest): ToastRequest | null {
  if (shown.merge === null || next.merge === null || shown.merge.key !== next.merge.key) return null;
  const count = shown.merge.count + next.merge.count;
  const ways = [next.undo, shown.undo].filter((undo) => undo !== null);
  const undo = ways.length === 0 ? null : () => ways.forEach((way) => void way());
  return { ...next, text: next.merge.words(count), undo, merge: { ...next.merge, count } };
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
