'use client';

import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { CheckRow } from '../ui/check-row.tsx';

/** More would not fit an address that can be shared. */
const SCOPE_VALUES_MAX = 40;
const SEARCH_FROM = 8;

export interface ScopeOption {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly name: string;
  readonly options: readonly ScopeOption[];
  readonly selected: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** A searchable set of checkboxes. */
export function ScopeList({ name, options, selected, onChange }: Props) {
  const [text, setText] = useState('');
  const searchId = useId();
  const chosen = new Set(selected);
  const shown = options.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));

  return (
    <div className="flex flex-col">
      {options.length >= SEARCH_FROM ? (
        <div className="border-line border-b p-2">
          <label className="field" htmlFor={searchId}>
            <Search size={14} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
            <span className="vh">Search {name}</span>
            <input id={searchId} value={text} placeholder="Name" onChange={(event) => setText(event.target.value)} />
          </label>
        </div>
      ) : null}
      <div className="max-h-80 overflow-y-auto p-1">
        {shown.map(({ value, label }) => (
          <CheckRow
            key={value}
            className="menu-item"
            checked={chosen.has(value)}
            disabled={!chosen.has(value) && chosen.size >= SCOPE_VALUES_MAX}
            onChange={(on) => onChange(on ? [...selected, value] : selected.filter((other) => other !== value))}
          >
            <span className="min-w-0 flex-1 truncate" title={label}>
              {label}
            </span>
          </CheckRow>
        ))}
        {shown.length === 0 ? (
          <p className="p-2 text-fg-3">{options.length === 0 ? `No ${name} yet` : 'Nothing matches'}</p>
        ) : null}
      </div>
      <div className="flex items-center gap-2 border-line border-t px-3 py-2 text-12 text-fg-3">
        <span aria-live="polite">
          {chosen.size === 0
            ? `All ${name}`
            : `${chosen.size} picked${chosen.size >= SCOPE_VALUES_MAX ? ', the most' : ''}`}
        </span>
        {chosen.size > 0 ? (
          <button type="button" className="hit ml-auto font-medium text-accent" onClick={() => onChange([])}>
            Show all
          </button>
        ) : null}
      </div>
    </div>
  );
}
