'use client';

import { ListFilter, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useState } from 'react';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { ACTIVITY_KEYS, type ActivityTerm, parseActivityQuery } from '../activity-query.ts';

/** The filter: chips and free text. Enter applies, Backspace takes the last chip back into the text. */
export function ActivityBar({ terms }: { readonly terms: readonly ActivityTerm[] }) {
  const router = useRouter();
  const { values } = useAddress();
  const [text, setText] = useState('');
  const [draftError, setDraftError] = useState<string | null>(null);
  const errors = [...terms.flatMap(({ error }) => error ?? []), ...(draftError === null ? [] : [draftError])];

  function go(next: readonly ActivityTerm[], more = '') {
    const q = [...next.map((term) => term.text), more].filter((part) => part !== '').join(' ');
    router.push(addressWith('/activity', values, { q: q === '' ? null : q, sel: null }));
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') {
      const wrong = parseActivityQuery(text).find(({ error }) => error !== null);
      setDraftError(wrong?.error ?? null);
      if (wrong === undefined && text.trim() !== '') go(terms, text.trim());
    } else if (event.key === 'Backspace' && text === '') {
      const last = terms.at(-1);
      if (last === undefined) return;
      event.preventDefault();
      setText(last.text);
      go(terms.slice(0, -1));
    } else if (event.key === 'Escape') event.currentTarget.blur();
  }

  return (
    <div className="min-w-0 flex-1 max-sm:basis-full">
      <search className="query-bar" data-invalid={errors.length > 0 || undefined}>
        <ListFilter size={14} strokeWidth={1.6} aria-hidden="true" className="text-fg-3" />
        {terms.map((term) => (
          <span key={term.text} className="query-chip" data-invalid={term.error === null ? undefined : ''}>
            <span className="key">{`${term.negated ? 'not ' : ''}${term.key}`}</span>
            <span className="max-w-[200px] truncate">{term.values.join(', ')}</span>
            <button
              type="button"
              className="hit"
              aria-label={`Remove ${term.text}`}
              onClick={() => go(terms.filter((other) => other !== term))}
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
          }}
          onKeyDown={onKeyDown}
          aria-label="Filter activity"
          aria-invalid={errors.length > 0}
          autoComplete="off"
          spellCheck={false}
          title={Object.entries(ACTIVITY_KEYS)
            .map(([key, meaning]) => `${key}: ${meaning}`)
            .join('\n')}
          placeholder="who: action: object: account: kind: from: to:"
        />
        <kbd className="max-sm:hidden">/</kbd>
      </search>
      {errors.length > 0 ? (
        <p role="alert" className="mt-1 text-12 text-danger">
          {errors.join(' ')}
        </p>
      ) : null}
    </div>
  );
}
