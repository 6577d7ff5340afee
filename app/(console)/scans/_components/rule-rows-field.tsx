'use client';

import { Plus, X } from 'lucide-react';
import { formatCount } from '@/components/format/format-count.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { Button } from '@/components/ui/button.tsx';
import { RESOURCE_KINDS } from '@/lib/core/model/resource.ts';
import type { TargetKey } from '@/lib/core/model/scan-target.ts';
import { KEY_WORDS, NEW_ROW, ROW_KEYS, type RuleRow } from '../rule-rows.ts';

interface Props {
  readonly rows: readonly RuleRow[];
  readonly onChange: (rows: readonly RuleRow[]) => void;
  /** How many resources are left after each condition; shorter while a count is on its way. */
  readonly left: readonly number[];
}

const PLACEHOLDERS: Readonly<Record<TargetKey, string>> = {
  kind: '',
  account: '111122223333',
  ou: 'prod',
  region: 'eu-*',
  env: 'prod',
  tag: 'any value',
  name: 'web-*',
  repo: 'team/*',
  function: 'pay-*',
};

/** Conditions that all have to hold, each with what is left after it. */
export function RuleRowsField({ rows, onChange, left }: Props) {
  const change = (index: number, part: Partial<RuleRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5">
        <span className="font-medium">Rule</span> <span className="ml-1 text-fg-3">all of these</span>
      </legend>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; equal ones may stand in a rule twice.
        <div key={index} className="rule-row">
          <select
            aria-label={`Condition ${index + 1}, holds or not`}
            value={row.isNot ? 'not' : 'is'}
            onChange={(event) => change(index, { isNot: event.target.value === 'not' })}
          >
            <option value="is">{index === 0 ? 'where' : 'and'}</option>
            <option value="not">not</option>
          </select>
          <select
            aria-label={`Condition ${index + 1}, what`}
            value={row.key}
            onChange={(event) => change(index, emptyOf(event.target.value as TargetKey))}
          >
            {ROW_KEYS.map((key) => (
              <option key={key} value={key}>
                {KEY_WORDS[key]}
              </option>
            ))}
          </select>
          <RowValue row={row} number={index + 1} onChange={(part) => change(index, part)} />
          <span className="num text-fg-3" title="Left after this condition">
            {left[index] === undefined ? '' : formatCount(left[index])}
          </span>
          <Button
            kind="ghost"
            icon
            aria-label={`Remove condition ${index + 1}`}
            onClick={() => onChange(rows.filter((_row, at) => at !== index))}
          >
            <X size={14} strokeWidth={1.6} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button kind="ghost" className="justify-self-start" onClick={() => onChange([...rows, NEW_ROW])}>
        <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
        Add a condition
      </Button>
    </fieldset>
  );
}

interface ValueProps {
  readonly row: RuleRow;
  readonly number: number;
  readonly onChange: (part: Partial<RuleRow>) => void;
}

function RowValue({ row, number, onChange }: ValueProps) {
  if (row.key === 'kind') {
    return (
      <select
        aria-label={`Condition ${number}, kind`}
        value={row.value}
        onChange={(event) => onChange({ value: event.target.value })}
      >
        {RESOURCE_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_WORDS[kind]}
          </option>
        ))}
      </select>
    );
  }
  return (
    <span className="flex min-w-0 gap-1.5">
      {row.key === 'tag' ? (
        <Text
          label={`Condition ${number}, name of the tag`}
          value={row.name}
          placeholder="Owner"
          onChange={(name) => onChange({ name })}
        />
      ) : null}
      <Text
        label={`Condition ${number}, value`}
        value={row.value}
        placeholder={PLACEHOLDERS[row.key]}
        onChange={(value) => onChange({ value })}
      />
    </span>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}

function Text({ label, value, placeholder, onChange }: TextProps) {
  return (
    <span className="field min-w-0 flex-1 sm:h-8">
      <input
        aria-label={label}
        value={value}
        placeholder={placeholder}
        maxLength={256}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

function emptyOf(key: TargetKey): Partial<RuleRow> {
  return { key, name: '', value: key === 'kind' ? RESOURCE_KINDS[0] : '' };
}
