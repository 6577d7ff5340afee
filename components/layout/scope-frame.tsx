'use client';

import { Search } from 'lucide-react';
import { type ReactNode, useId } from 'react';

/** Shorter lists are read faster than searched. */
const SEARCH_FROM = 8;

interface Props {
  /** What is picked from: `accounts`. */
  readonly name: string;
  readonly count: number;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Nothing is shown, though there may be something to pick from. */
  readonly isEmpty: boolean;
  /** How much is picked; null where everything counts. */
  readonly picked: string | null;
  readonly onShowAll: () => void;
  readonly children: ReactNode;
}

/** A list of the scope: its search above, its rows, and what is picked below. */
export function ScopeFrame({ name, count, placeholder, text, onText, isEmpty, picked, onShowAll, children }: Props) {
  const searchId = useId();
  return (
    <div className="flex flex-col">
      {count >= SEARCH_FROM ? (
        <div className="border-line border-b p-2">
          <label className="field" htmlFor={searchId}>
            <Search size={14} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
            <span className="vh">Search {name}</span>
            <input
              id={searchId}
              value={text}
              placeholder={placeholder}
              onChange={(event) => onText(event.target.value)}
            />
          </label>
        </div>
      ) : null}
      <div className="max-h-80 overflow-y-auto p-1">
        {children}
        {isEmpty ? <p className="p-2 text-fg-3">{count === 0 ? `No ${name} yet` : 'Nothing matches'}</p> : null}
      </div>
      <div className="flex items-center gap-2 border-line border-t px-3 py-2 text-12 text-fg-3">
        <span aria-live="polite">{picked ?? `All ${name}`}</span>
        {picked === null ? null : (
          <button type="button" className="hit ml-auto font-medium text-accent" onClick={onShowAll}>
            Show all
          </button>
        )}
      </div>
    </div>
  );
}
