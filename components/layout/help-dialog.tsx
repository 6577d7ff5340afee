'use client';

import { useState } from 'react';
import { CheckRow } from '../ui/check-row.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ALL_ENTRIES } from './navigation.ts';
import { openPart } from './shell-state.ts';
import { setSingleKeys, singleKeysAreOn } from './shortcuts.ts';

type Line = readonly [keys: string, meaning: string];

const EVERYWHERE: readonly Line[] = [
  ['⌘K', 'Search or jump to'],
  ['/', 'Query'],
  ['?', 'This list'],
  ['[', 'Collapse the sidebar'],
  ['Z', 'Undo'],
  ['Esc', 'Back out one layer'],
];

const LISTS: readonly Line[] = [
  ['J K', 'Next, previous row'],
  ['X', 'Select the row'],
  ['⇧J ⇧K', 'Extend the selection'],
  ['Enter', 'Open the panel'],
  ['O', 'Open the full page'],
  ['C', 'Copy a link to the row'],
  ['⌘A', 'Select all that match'],
  ['→ ←', 'Open, close a group'],
  ['N', 'New scan or rule'],
  ['R', 'Rerun what failed of a scan'],
];

const TRIAGE: readonly Line[] = [
  ['A', 'Assign'],
  ['S', 'Set status'],
  ['E', 'Mark the fix as applied'],
  ['H', 'Snooze'],
  ['⇧X', 'Suppress by a rule'],
  ['1 … 5', 'Tabs of a finding'],
  ['W', 'Watch a vulnerability'],
  ['D', 'Compare scans of a resource'],
];

const LANES: readonly Line[] = [
  ['← →', 'To the next lane'],
  ['↑ ↓', 'From box to box of a lane'],
  ['+ -', 'Larger, smaller'],
  ['0', 'Show all of it'],
  ['L', 'To the list of paths'],
];

export function HelpDialog() {
  const [on, setOn] = useState(singleKeysAreOn);
  const pages = ALL_ENTRIES.flatMap((entry): Line[] =>
    entry.key ? [[`G ${entry.key.toUpperCase()}`, `Go to ${entry.label}`]] : [],
  );

  return (
    <Dialog
      title="Keys"
      description="Single keys are silent while you type."
      open
      onOpenChange={() => openPart(null)}
      width={560}
    >
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <KeyList title="Everywhere" lines={[...EVERYWHERE, ...pages]} />
        <div className="grid content-start gap-5">
          <KeyList title="Lists" lines={LISTS} />
          <KeyList title="Findings" lines={TRIAGE} />
          <KeyList title="Exposure" lines={LANES} />
        </div>
      </div>
      <CheckRow
        className="mt-5 flex items-center gap-2 border-line border-t pt-4"
        checked={on}
        onChange={(next) => {
          setSingleKeys(next);
          setOn(next);
        }}
      >
        Single-key shortcuts are on in this browser
      </CheckRow>
    </Dialog>
  );
}

function KeyList({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <section>
      <h3 className="mb-1.5 font-semibold text-12">{title}</h3>
      <dl className="grid grid-cols-[76px_1fr] gap-y-1.5">
        {lines.map(([keys, meaning]) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
