'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { completeQuery, type EstateValues } from '@/lib/core/findings/query/complete-query.ts';
import { parseQuery } from '@/lib/core/findings/query/parse-query.ts';
import { formatCount } from '../format/format-count.ts';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly estate?: EstateValues;
  /** Said below while the text itself is right. */
  readonly hint?: string;
  /** What is wrong apart from the spelling. */
  readonly error?: string | undefined;
}

/** A query of findings in a form: completed at the caret, each wrong part named below. */
export function QueryField({ label, name, value, onChange, estate = {}, hint, error }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const { errors } = parseQuery(value);
  const completion = caret === null ? null : completeQuery(value, caret, estate);
  const items = completion?.items ?? [];
  // A part that is still being written is not wrong yet.
  const shown = errors.filter(({ start, end }) => caret === null || caret < start || caret > end);

  function place(text: string, at: number) {
    onChange(text);
    setCaret(at);
    setChosen(0);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  }

  function take(index: number) {
    const item = items[index];
    if (!completion || !item) return;
    const closes = item.insert.endsWith(':') ? '' : ' ';
    const text = `${value.slice(0, completion.start)}${item.insert}${closes}${value.slice(completion.end).trimStart()}`;
    place(text, completion.start + item.insert.length + closes.length);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (items.length === 0) return;
    if (step !== undefined) {
      event.preventDefault();
      setChosen((chosen + step + items.length) % items.length);
    } else if (event.key === 'Tab' && !event.shiftKey && completion?.typed !== '') {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter' && completion?.typed !== '') {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setCaret(null);
    }
  }

  return (
    <div className="relative grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="field sm:h-8" data-invalid={shown.length > 0 || error ? '' : undefined}>
        <input
          ref={input}
          id={id}
          name={name}
          value={value}
          className="font-mono text-12"
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-items`}
          aria-activedescendant={items.length > 0 ? `${id}-item-${chosen}` : undefined}
          aria-invalid={shown.length > 0 || error !== undefined || undefined}
          aria-describedby={`${id}-below`}
          autoComplete="off"
          spellCheck={false}
          placeholder="severity:low env:dev -exploit:kev"
          onChange={(event) => {
            onChange(event.target.value);
            setCaret(event.target.selectionStart);
            setChosen(0);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setCaret(null)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={`${id}-items`}
        role="listbox"
        aria-label="Keys and values"
        className={items.length > 0 ? 'pop absolute inset-x-0 top-[60px] z-10 max-h-64 overflow-y-auto p-1' : 'hidden'}
      >
        {items.map((item, index) => (
          <div
            key={item.insert}
            id={`${id}-item-${index}`}
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
            <span className="max-w-[60%] truncate font-medium">{item.insert}</span>
            <span className="ml-auto truncate text-12 text-fg-3">
              {item.count === null ? item.description : formatCount(item.count)}
            </span>
          </div>
        ))}
      </div>
      <div id={`${id}-below`} className="grid gap-0.5 text-12">
        {shown.map((fault) => (
          <p key={fault.start} className="text-danger">
            <code className="mr-1.5 break-all rounded-1 bg-danger-tint px-1">
              {value.slice(fault.start, Math.min(fault.end, fault.start + 80))}
            </code>
            {fault.error}
          </p>
        ))}
        {shown.length === 0 && error ? <p className="text-danger">{error}</p> : null}
        {shown.length === 0 && !error && hint ? <p className="text-fg-3">{hint}</p> : null}
      </div>
    </div>
  );
}
