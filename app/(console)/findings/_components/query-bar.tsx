'use client';

import { ListFilter, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { formatQuery, formatTerm, parseQuery } from '../query.ts';
import { QUERY_KEYS } from '../query-keys.ts';
import { type CheckedTerm, checkTerms, DEFAULT_QUERY } from '../search-params.ts';

const SUGGESTIONS_MAX = 8;

/** The typed filter: chips and free text. Enter applies, Backspace takes the last chip back into the text. */
export function QueryBar({ terms }: { readonly terms: readonly CheckedTerm[] }) {
  const router = useRouter();
  const { values } = useAddress();
  const [text, setText] = useState('');
  const [draftError, setDraftError] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const listId = useId();
  const errors = [...terms.flatMap((term) => (term.error ? [term.error] : [])), ...(draftError ? [draftError] : [])];
  const suggestions = open ? suggestionsOf(text) : [];

  function go(next: readonly CheckedTerm[], more: string) {
    const query = [formatQuery(next), more].filter((part) => part !== '').join(' ');
    const q = query === DEFAULT_QUERY ? null : query || 'is:any';
    router.push(addressWith('/findings', values, { q, sel: null, tab: null }));
  }

  function apply() {
    // One wrong chip is marked where it stands; the list stays as it was.
    const wrong = checkTerms(parseQuery(text), new Date()).find((term) => term.error);
    setDraftError(wrong?.error ?? null);
    if (wrong) return;
    setText('');
    setOpen(false);
    if (text.trim() !== '') go(terms, text.trim());
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') apply();
    else if (event.key === 'Tab' && suggestions[0] && text !== '') {
      event.preventDefault();
      setText(completed(text, suggestions[0].text));
    } else if (event.key === 'Backspace' && text === '') {
      const last = terms.at(-1);
      if (!last) return;
      event.preventDefault();
      setText(formatTerm(last));
      go(terms.slice(0, -1), '');
    } else if (event.key === 'Escape') event.currentTarget.blur();
  }

  return (
    <div className="relative min-w-0 flex-1">
      <search className="query-bar" data-invalid={errors.length > 0 || undefined}>
        <ListFilter size={14} strokeWidth={1.6} aria-hidden="true" className="text-fg-3" />
        {terms.map((term) => (
          <span key={formatTerm(term)} className="query-chip" data-invalid={term.error ? '' : undefined}>
            {term.key ? <span className="key">{`${term.negated ? '-' : ''}${term.key}`}</span> : null}
            <span className="max-w-[200px] truncate">{term.values.join(', ')}</span>
            <button
              type="button"
              className="hit"
              aria-label={`Remove ${formatTerm(term)}`}
              onClick={() => go(without(terms, term), '')}
            >
              <X size={12} strokeWidth={1.6} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          data-query-input
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setDraftError(null);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          aria-label="Filter findings"
          aria-invalid={errors.length > 0}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          autoComplete="off"
          spellCheck={false}
          placeholder="score:>=7 fix:yes exploit:kev"
        />
        <kbd className="max-sm:hidden">/</kbd>
      </search>
      <div
        id={listId}
        role="listbox"
        aria-label="Keys and values"
        className={suggestions.length > 0 ? 'pop absolute inset-x-0 top-full z-10 mt-1 p-1' : 'hidden'}
      >
        {suggestions.map((suggestion) => (
          <div
            key={suggestion.text}
            role="option"
            aria-selected={false}
            tabIndex={-1}
            className="menu-item"
            onMouseDown={(event) => {
              event.preventDefault();
              setText(completed(text, suggestion.text));
            }}
          >
            <span className="font-medium">{suggestion.text}</span>
            <span className="ml-auto text-12 text-fg-3">{suggestion.hint}</span>
          </div>
        ))}
      </div>
      {errors.length > 0 ? (
        <p role="alert" className="mt-1 text-12 text-danger">
          {errors.join('; ')}
        </p>
      ) : null}
    </div>
  );
}

function without(terms: readonly CheckedTerm[], term: CheckedTerm): readonly CheckedTerm[] {
  return terms.filter((other) => other !== term);
}

/** Keys while a key is typed, values after its colon. */
function suggestionsOf(text: string): readonly { readonly text: string; readonly hint: string }[] {
  const word = lastWord(text);
  const [name = '', value] = word.replace(/^-/, '').split(':', 2);
  if (value === undefined) {
    return QUERY_KEYS.filter((key) => key.key.startsWith(name.toLowerCase()))
      .slice(0, SUGGESTIONS_MAX)
      .map((key) => ({ text: `${key.key}:`, hint: key.hint }));
  }
  const typed = value.split(',').at(-1) ?? '';
  const known = QUERY_KEYS.find((key) => key.key === name)?.values ?? [];
  return known
    .filter((one) => one.startsWith(typed) && one !== typed)
    .slice(0, SUGGESTIONS_MAX)
    .map((one) => ({ text: one, hint: name }));
}

function completed(text: string, suggestion: string): string {
  const word = lastWord(text);
  const kept = word.includes(':') ? word.slice(0, Math.max(word.lastIndexOf(','), word.indexOf(':')) + 1) : '';
  return text.slice(0, text.length - word.length) + kept + suggestion;
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1);
}
