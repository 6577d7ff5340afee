'use client';

import { formatCount } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { NO_PROPOSE, NO_TRIAGE, type TriageRights } from '../../_components/triage/rights.ts';
import type { Triage } from '../../_components/triage/use-triage-keys.tsx';
import { countOf, type Selection } from './selection.ts';

interface Props {
  readonly selection: Selection;
  /** All that match, where they are more than what is picked. */
  readonly matching: { readonly count: number; readonly exact: boolean } | null;
  readonly triage: Triage;
  readonly rights: TriageRights;
  readonly onPickAll: () => void;
  readonly onClear: () => void;
}

/** What can be done with what is picked, docked at the foot of the list. */
export function SelectionBar({ selection, matching, triage, rights, onPickAll, onClear }: Props) {
  const count = countOf(selection);
  const exact = selection.kind === 'rows' || selection.exact;
  const off = rights.triage ? {} : { disabled: true, title: NO_TRIAGE };
  return (
    <section className="selection-bar" aria-label="Selection">
      <span className="font-semibold" role="status">
        {formatCount(count)}
        {exact ? '' : '+'} selected
      </span>
      <Button kind="ghost" {...off} onClick={() => triage.begin('assign')}>
        Assign <kbd>A</kbd>
      </Button>
      <Button kind="ghost" {...off} onClick={() => triage.begin('status')}>
        Status <kbd>S</kbd>
      </Button>
      <Button kind="ghost" {...off} onClick={() => triage.begin('snooze')}>
        Snooze <kbd>H</kbd>
      </Button>
      <Button
        kind="ghost"
        {...(rights.propose ? {} : { disabled: true, title: NO_PROPOSE })}
        onClick={() => triage.suppress()}
      >
        Suppress <kbd>⇧X</kbd>
      </Button>
      {matching !== null && selection.kind === 'rows' && matching.count > count ? (
        <Button kind="ghost" onClick={onPickAll}>
          Select all {formatCount(matching.count)}
          {matching.exact ? '' : '+'} <kbd>⌘A</kbd>
        </Button>
      ) : null}
      <span className="flex-1" />
      <Button kind="ghost" onClick={onClear}>
        Clear <kbd>Esc</kbd>
      </Button>
    </section>
  );
}
