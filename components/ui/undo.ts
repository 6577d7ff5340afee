let pending: { readonly act: () => void; readonly until: number } | null = null;

/** The newest reversible act, which Z takes back while its time lasts. */
export function setUndo(act: (() => void) | null, milliseconds = 0): void {
  pending = act ? { act, until: Date.now() + milliseconds } : null;
}

/** Runs the undo that is pending; false when there is none. */
export function runUndo(): boolean {
  if (!pending || Date.now() > pending.until) return false;
  const { act } = pending;
  pending = null;
  act();
  return true;
}
