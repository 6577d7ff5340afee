/** Keys pressed after one another within this time are one shortcut, `g o`. */
const SEQUENCE_MILLISECONDS = 1000;
const OFF = 'harrier.single-keys';

type Act = (event: KeyboardEvent) => void;

// The newest listener for a key wins: a list takes J from nobody, and gives it back when it goes.
const acts = new Map<string, Act[]>();
let held = 0;
let prefix: { readonly key: string; readonly until: number } | null = null;

/** Listens for a key (`/`, `j`, `shift+x`) or a sequence (`g o`); returns how to stop. */
export function onShortcut(keys: string, act: Act): () => void {
  const list = acts.get(keys) ?? [];
  acts.set(keys, [...list, act]);
  return () =>
    acts.set(
      keys,
      (acts.get(keys) ?? []).filter((other) => other !== act),
    );
}

/** Whether something on the page listens to the key. */
export function hasShortcut(keys: string): boolean {
  return (acts.get(keys)?.length ?? 0) > 0;
}

/** Does what the key does, for whoever reaches for it in another way. */
export function runShortcut(keys: string): void {
  acts.get(keys)?.at(-1)?.(new KeyboardEvent('keydown', { key: keys }));
}

/** The one listener of the document. Single keys are silent while somebody types or a menu is open (WCAG 2.1.4). */
export function handleShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || held > 0) return;
  // On the way to a key that needs it, `g $`: it ends no sequence.
  if (event.key === 'Shift') return;
  if ((event.metaKey || event.ctrlKey) && !event.altKey) {
    run(`mod+${event.key.toLowerCase()}`, event);
    return;
  }
  if (event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target) || !singleKeysAreOn()) return;
  const key = nameOf(event);
  const sequence = prefix && prefix.until > Date.now() ? `${prefix.key} ${key}` : null;
  prefix = null;
  if (sequence && run(sequence, event)) return;
  if (run(key, event)) return;
  if (key === 'g') prefix = { key, until: Date.now() + SEQUENCE_MILLISECONDS };
}

/** Keys are silent until the work is done: what is typed for a dialog that is still on its way must not act on the page. */
export function holdShortcuts(work: Promise<unknown>): void {
  held += 1;
  const release = () => {
    held -= 1;
  };
  void work.then(release, release);
}

export function singleKeysAreOn(): boolean {
  return localStorage.getItem(OFF) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'off');
}

function run(keys: string, event: KeyboardEvent): boolean {
  const act = acts.get(keys)?.at(-1);
  if (!act) return false;
  event.preventDefault();
  act(event);
  return true;
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key;
}

function isBusy(target: EventTarget | null): boolean {
  if (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')
  ) {
    return true;
  }
  return isOverlaid();
}

/** Whether a dialog or a menu is open; what arrives late below it leaves the focus there. */
export function isOverlaid(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null;
}
