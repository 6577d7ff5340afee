'use client';

import { LongTextField } from '@/components/ui/long-text-field.tsx';
import { RuleExamples } from './rule-examples.tsx';
import { RulePreviewFigures } from './rule-preview-figures.tsx';
import type { RulePreview } from './use-target-preview.ts';

interface Props {
  readonly value: string;
  readonly onChange: (rule: string) => void;
  readonly preview: RulePreview;
  readonly hint: string;
  /** Why the form was refused. */
  readonly error: string | undefined;
}

/** A rule while it is written: what is wrong with it, and what it names. */
export function RuleField({ value, onChange, preview, hint, error }: Props) {
  return (
    <>
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
        error={preview.fault ?? error}
      />
      <section className="rounded-2 border border-line bg-sunken px-3 py-2.5" aria-label="What belongs to it">
        <RulePreviewFigures {...preview} />
      </section>
      <RuleExamples onPick={(example) => onChange(value.trim() === '' ? example : `${value.trimEnd()} ${example}`)} />
    </>
  );
}
