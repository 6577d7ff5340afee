'use client';

import { useState } from 'react';
import { LongTextField } from '@/components/ui/long-text-field.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import { isHalf, type RuleRow, rowsOf, textOfRows } from '../rule-rows.ts';
import { RuleExamples } from './rule-examples.tsx';
import { RulePreviewFigures } from './rule-preview-figures.tsx';
import { RuleRowsField } from './rule-rows-field.tsx';
import type { PreviewState } from './use-target-preview.ts';

interface Props {
  readonly value: string;
  readonly onChange: (rule: string) => void;
  readonly preview: PreviewState;
  readonly hint: string;
  /** Why the form was refused. */
  readonly error: string | undefined;
}

/** A rule while it is written, as conditions or as text: what is wrong with it, and what it names. */
export function RuleField({ value, onChange, preview, hint, error }: Props) {
  // Conditions that are half written are no rule yet, so they are kept here; null while the rule is text.
  const [rows, setRows] = useState<readonly RuleRow[] | null>(() => rowsOf(value));
  const read = rows ?? rowsOf(value);

  function write(next: readonly RuleRow[]): void {
    setRows(next);
    onChange(textOfRows(next));
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Write the rule as"
          value={rows === null ? 'text' : 'rows'}
          options={[
            { value: 'rows', label: 'Conditions' },
            { value: 'text', label: 'Text' },
          ]}
          onChange={(as) => setRows(as === 'text' ? null : read)}
        />
        {read === null ? <span className="text-12 text-fg-3">It says more than a list of conditions can.</span> : null}
      </div>
      {rows === null ? (
        <LongTextField
          label="Rule"
          name="rule"
          value={value}
          rows={2}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          style={{ fontFamily: 'var(--mono)' }}
          onChange={(event) => onChange(event.target.value)}
          hint={hint}
          error={preview.fault ?? (value.trim() === '' ? error : undefined)}
        />
      ) : (
        <>
          <input type="hidden" name="rule" value={value} />
          <RuleRowsField rows={rows} onChange={write} left={preview.isBehind ? [] : (preview.preview?.left ?? [])} />
          {rows.length === 0 ? <p className="text-12 text-fg-3">{hint}</p> : null}
          <p className="text-12 text-danger empty:hidden" role="alert">
            {faultOf(rows, preview, error)}
          </p>
        </>
      )}
      <section className="rounded-2 border border-line bg-sunken px-3 py-2.5" aria-label="What belongs to it">
        <RulePreviewFigures {...preview} />
      </section>
      {rows === null ? (
        <RuleExamples onPick={(example) => onChange(value.trim() === '' ? example : `${value.trimEnd()} ${example}`)} />
      ) : null}
    </>
  );
}

/** A condition that is still being written is a fault only for who sends it. */
function faultOf(rows: readonly RuleRow[], preview: PreviewState, error: string | undefined): string {
  if (error !== undefined && rows.some(isHalf)) return 'Finish the condition that is not written yet, or remove it.';
  if (rows.length === 0) return error ?? '';
  return rows.some(isHalf) ? '' : (preview.fault ?? '');
}
