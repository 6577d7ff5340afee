'use client';

import { useState } from 'react';
import { CheckRow } from '../ui/check-row.tsx';
import { ScopeFrame } from './scope-frame.tsx';

/** More would not fit an address that can be shared. */
const SCOPE_VALUES_MAX = 40;

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
  const chosen = new Set(selected);
  const shown = options.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));

  return (
    <ScopeFrame
      name={name}
      count={options.length}
      placeholder="Name"
      text={text}
      onText={setText}
      isEmpty={shown.length === 0}
      picked={chosen.size === 0 ? null : `${chosen.size} picked${chosen.size >= SCOPE_VALUES_MAX ? ', the most' : ''}`}
      onShowAll={() => onChange([])}
    >
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
    </ScopeFrame>
  );
}
