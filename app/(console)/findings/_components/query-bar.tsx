'use client';

import { ListFilter, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import type { QueryChip } from '../search-params.ts';
import { queryValue } from '../views.ts';

const load = () => import('./query-input.tsx').then((module) => module.QueryInput);
const QueryInput = dynamic(load);

interface Props {
  readonly chips: readonly QueryChip[];
}

/** The typed filter: chips and free text. Enter applies; Backspace takes the last chip back into the text. */
export function QueryBar({ chips }: Props) {
  const router = useRouter();
  const { values } = useAddress();
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState('');
  const [draftError, setDraftError] = useState<string | null>(null);
  const errors = [...chips.flatMap(({ error }) => error ?? []), ...(draftError === null ? [] : [draftError])];

  function go(parts: readonly string[]) {
    const query = parts.filter((part) => part !== '').join(' ');
    router.push(addressWith('/findings', values, { q: queryValue(query), sel: null, tab: null }));
  }

  const texts = chips.map((chip) => chip.text);
  // The same part may be written twice: its place tells it apart.
  const places = chips.map((chip, at) => ({ chip, place: `${at} ${chip.text}` }));
  return (
    <div className="relative min-w-0 flex-1">
      <search className="query-bar" data-invalid={errors.length > 0 || undefined}>
        <ListFilter size={14} strokeWidth={1.6} aria-hidden="true" className="text-fg-3" />
        {places.map(({ chip, place }, index) => (
          <span key={place} className="query-chip" data-invalid={chip.error === null ? undefined : ''}>
            {chip.key === null ? null : <span className="key">{chip.key}</span>}
            <bdi className="max-w-[200px] truncate" title={chip.text}>
              {chip.value}
            </bdi>
            <button
              type="button"
              className="hit"
              aria-label={`Remove ${chip.text.slice(0, 200)}`}
              onClick={() => go(texts.filter((_, other) => other !== index))}
            >
              <X size={12} strokeWidth={1.6} aria-hidden="true" />
            </button>
          </span>
        ))}
        {editing ? (
          <QueryInput
            text={text}
            invalid={errors.length > 0}
            onText={(next) => {
              setText(next);
              setDraftError(null);
            }}
            onRefused={setDraftError}
            onApply={(more) => {
              setText('');
              if (more !== '') go([...texts, more]);
            }}
            onTakeBack={() => {
              const last = texts.at(-1);
              if (last === undefined) return;
              setText(last);
              go(texts.slice(0, -1));
            }}
          />
        ) : (
          <input
            data-query-input
            value={text}
            onChange={(event) => setText(event.target.value)}
            onFocus={() => setEditing(true)}
            onPointerEnter={() => void load()}
            aria-label="Filter findings"
            autoComplete="off"
            spellCheck={false}
            placeholder="account: env: epss:> fix:yes reach:internet"
          />
        )}
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
