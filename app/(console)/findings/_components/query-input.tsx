'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { completeQuery, type EstateValue } from '@/lib/core/findings/query/complete-query.ts';
import { parseQuery } from '@/lib/core/findings/query/parse-query.ts';
import type { ValueSource } from '@/lib/core/findings/query/query-fields.ts';

interface Props {
  readonly text: string;
  readonly invalid: boolean;
  readonly onText: (text: string) => void;
  /** A part cannot be read; the sentence says what to do. */
  readonly onRefused: (error: string) => void;
  readonly onApply: (text: string) => void;
  readonly onTakeBack: () => void;
}

/** The text of the filter bar while somebody writes it: keys and values are offered at the caret. */
export function QueryInput({ text, invalid, onText, onRefused, onApply, onTakeBack }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(text.length);
  const [chosen, setChosen] = useState(-1);
  const wanted = completeQuery(text, caret ?? 0, {});
  const values = useEstateValues(caret === null ? null : wanted.source, wanted.typed);
  const completion = caret === null ? null : completeQuery(text, caret, values);
  const items = completion?.items ?? [];

  // It takes the place of a plain field that had the focus.
  useEffect(() => input.current?.focus(), []);

  function take(index: number) {
    const item = items[index];
    if (!completion || !item) return;
    const next = `${text.slice(0, completion.start)}${item.insert}${text.slice(completion.end)}`;
    const at = completion.start + item.insert.length;
    onText(next);
    setCaret(at);
    setChosen(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  }

  function apply() {
    const [fault] = parseQuery(text).errors;
    if (fault) {
      onRefused(fault.error);
      return;
    }
    setCaret(null);
    setChosen(-1);
    onApply(text.trim());
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + items.length + (chosen < 0 && step < 0 ? 1 : 0)) % items.length);
    } else if (event.key === 'Tab' && !event.shiftKey && items.length > 0 && text !== '') {
      event.preventDefault();
      take(Math.max(0, chosen));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen >= 0) take(chosen);
      else apply();
    } else if (event.key === 'Backspace' && text === '') {
      event.preventDefault();
      onTakeBack();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      event.currentTarget.blur();
    }
  }

  return (
    <>
      <input
        ref={input}
        data-query-input
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(-1);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
        aria-label="Filter findings"
        aria-invalid={invalid}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={id}
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="account: env: epss:> fix:yes reach:internet"
      />
      <div
        id={id}
        role="listbox"
        aria-label="Keys and values"
        className={
          items.length > 0 ? 'pop absolute inset-x-0 top-full z-10 mt-1 max-h-72 overflow-y-auto p-1' : 'hidden'
        }
      >
        {items.map((item, index) => (
          <div
            key={item.insert}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            data-highlighted={index === chosen ? '' : undefined}
            className="menu-item"
            onMouseDown={(event) => {
              event.preventDefault();
              take(index);
            }}
          >
            <bdi className="max-w-[60%] truncate font-medium">{item.insert}</bdi>
            <bdi className="ml-auto truncate text-12 text-fg-3">
              {item.count === null ? item.description : formatCount(item.count)}
            </bdi>
          </div>
        ))}
      </div>
    </>
  );
}

/** What the estate has of the facts that are asked for; nothing while it is on its way. */
function useEstateValues(source: ValueSource | null, typed: string) {
  const { data } = useQuery({
    queryKey: ['query-values', source, typed],
    queryFn: async ({ signal }): Promise<readonly EstateValue[]> => {
      const search = new URLSearchParams({ source: source ?? '', typed: typed.replaceAll('"', '') });
      const answer = await fetch(`/api/query-values?${search}`, { signal });
      if (!answer.ok) throw new Error(`values answered ${answer.status}`);
      return answer.json();
    },
    enabled: source !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return source === null || data === undefined ? {} : { [source]: data };
}
