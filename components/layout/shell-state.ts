import { useSyncExternalStore } from 'react';

/** Which of the shell's floating parts is open; at most one is. */
export type ShellPart = 'palette' | 'help' | 'navigation' | 'scope';

let open: ShellPart | null = null;
const listeners = new Set<() => void>();

export function openPart(part: ShellPart | null): void {
  open = part;
  for (const listener of listeners) listener();
}

export function useShellPart(): ShellPart | null {
  return useSyncExternalStore(subscribe, read, readOnServer);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): ShellPart | null {
  return open;
}

function readOnServer(): ShellPart | null {
  return null;
}
