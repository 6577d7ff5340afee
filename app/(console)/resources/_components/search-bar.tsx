'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useState } from 'react';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  /** What the page shows now. */
  readonly query: string;
  readonly errors: readonly string[];
  /** The address of the same list without a query, which may have a search of its own. */
  readonly address: string;
}

const TEXT_MAX = 2_000;

/** The search of a list: Enter applies, Escape leaves; what it means stands in the address. */
export function SearchBar({ label, placeholder, query, errors, address }: Props) {
  const router = useRouter();
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') {
      const asked = text.trim();
      const separator = address.includes('?') ? '&' : '?';
      router.push(
        asked === '' ? address : `${address}${separator}q=${encodeURIComponent(asked).replaceAll('%20', '+')}`,
      );
    } else if (event.key === 'Escape') event.currentTarget.blur();
  }

  return (
    <div className="min-w-0 flex-1 basis-[260px]">
      <search className="query-bar" data-invalid={errors.length > 0 || undefined}>
        <Search size={14} strokeWidth={1.6} aria-hidden="true" className="text-fg-3" />
        <input
          data-query-input
          value={text}
          maxLength={TEXT_MAX}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={label}
          aria-invalid={errors.length > 0}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
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
