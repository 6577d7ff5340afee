'use client';

import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';

/** A longer set would not fit an address that can be shared. */
export const SCOPE_VALUES_MAX = 40;
const SEARCH_FROM = 8;

export interface ScopeOption {
  readonly value: string;
  readonly label: string;
  /** Second line or id, also found by the search. */
  readonly hint?: string;
  /** Heading the option stands under, such as an organisational unit. */
  readonly group?: string;
}

interface Props {
  readonly name: string;
  readonly options: readonly ScopeOption[];
  readonly selected: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** A searchable set of checkboxes. A pasted list of ids can be taken over in one act. */
export function ScopeList({ name, options, selected, onChange }: Props) {
  const [text, setText] = useState('');
  const searchId = useId();
  const chosen = new Set(selected);
  const pasted = idsIn(text, options);
  const shown = pasted.length > 1 ? [] : options.filter((option) => matches(option, text));

  function set(values: readonly string[], on: boolean) {
    const next = on ? [...selected, ...values] : selected.filter((value) => !values.includes(value));
    onChange([...new Set(next)].slice(0, SCOPE_VALUES_MAX));
  }

  return (
    <div className="flex flex-col">
      {options.length >= SEARCH_FROM ? (
        <div className="border-line border-b p-2">
          <label className="field" htmlFor={searchId}>
            <Search size={14} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
            <span className="vh">Search {name}</span>
            <input
              id={searchId}
              value={text}
              placeholder="Name or ID, or paste a list"
              onChange={(event) => setText(event.target.value)}
            />
          </label>
        </div>
      ) : null}
      <div className="max-h-80 overflow-y-auto p-1">
        {pasted.length > 1 ? (
          <Button
            className="m-1"
            onClick={() => {
              set(pasted, true);
              setText('');
            }}
          >
            Pick {pasted.length} from the list
          </Button>
        ) : null}
        {groupsOf(shown).map(([group, members]) => (
          <fieldset key={group} aria-label={group || name}>
            {group ? <ScopeGroup group={group} members={members} chosen={chosen} onChange={set} /> : null}
            {members.map((option) => (
              <CheckRow
                key={option.value}
                className={`menu-item ${group ? 'pl-7' : ''}`}
                checked={chosen.has(option.value)}
                disabled={!chosen.has(option.value) && chosen.size >= SCOPE_VALUES_MAX}
                onChange={(on) => set([option.value], on)}
              >
                <span className="min-w-0 flex-1 truncate" title={option.label}>
                  {option.label}
                </span>
                {option.hint ? <code className="text-fg-3">{option.hint}</code> : null}
              </CheckRow>
            ))}
          </fieldset>
        ))}
        {shown.length === 0 && pasted.length < 2 ? (
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

interface GroupProps {
  readonly group: string;
  readonly members: readonly ScopeOption[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (values: readonly string[], on: boolean) => void;
}

function ScopeGroup({ group, members, chosen, onChange }: GroupProps) {
  const count = members.filter((member) => chosen.has(member.value)).length;
  return (
    <CheckRow
      className="menu-item font-medium"
      checked={count === members.length}
      indeterminate={count > 0 && count < members.length}
      onChange={(on) =>
        onChange(
          members.map((member) => member.value),
          on,
        )
      }
    >
      <span className="min-w-0 flex-1 truncate">{group}</span>
      <span className="text-12 text-fg-3">{members.length}</span>
    </CheckRow>
  );
}

function matches(option: ScopeOption, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [option.label, option.hint ?? '', option.group ?? ''].some((part) => part.toLowerCase().includes(wanted));
}

function idsIn(text: string, options: readonly ScopeOption[]): readonly string[] {
  const words = new Set(text.split(/[\s,;]+/));
  return words.size < 2 ? [] : options.filter((option) => words.has(option.value)).map((option) => option.value);
}

function groupsOf(options: readonly ScopeOption[]): readonly (readonly [string, readonly ScopeOption[]])[] {
  const groups = Map.groupBy(options, (option) => option.group ?? '');
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}
