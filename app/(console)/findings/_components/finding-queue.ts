import { useSyncExternalStore } from 'react';

const KEY = 'harrier.queue';
/** So many ids are kept: some 200 kB of what a browser gives a page. */
const IDS_MAX = 5_000;

/** The list that a finding was opened from, as far as it was read. */
export interface FindingQueue {
  /** The search part of the address that lists it. */
  readonly address: string;
  readonly ids: readonly string[];
  /** Findings of the list before the first of these. */
  readonly before: number;
  /** Where the list goes on; null at its end. */
  readonly nextCursor: string | null;
  readonly matching: { readonly count: number; readonly exact: boolean };
}

/** Kept by the browser's tab, so that each tab walks its own list and a reload loses nothing. */
export function keepQueue(queue: FindingQueue): void {
  const dropped = Math.max(0, queue.ids.length - IDS_MAX);
  const kept = { ...queue, ids: queue.ids.slice(dropped), before: queue.before + dropped };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A full or forbidden store: the page of a finding then has no next one.
  }
  for (const listener of listeners) listener();
}

/** The queue of this tab, there at the first render of each page that the browser moves to; null on the server. */
export function useFindingQueue(): FindingQueue | null {
  return useSyncExternalStore(subscribe, readQueue, () => null);
}

const listeners = new Set<() => void>();
let read: { readonly text: string | null; readonly queue: FindingQueue | null } = { text: null, queue: null };

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readQueue(): FindingQueue | null {
  const text = storedText();
  if (text !== read.text) read = { text, queue: parse(text) };
  return read.queue;
}

function storedText(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function parse(text: string | null): FindingQueue | null {
  try {
    return JSON.parse(text ?? 'null') as FindingQueue | null;
  } catch {
    return null;
  }
}
