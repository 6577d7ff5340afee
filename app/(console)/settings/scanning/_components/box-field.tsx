'use client';

import { useState } from 'react';
import { CheckRow } from '@/components/ui/check-row.tsx';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
}

/** A checkbox of a form that is sent as "on" or not at all. */
export function BoxField({ name, label, hint, isOn }: Props) {
  const [on, setOn] = useState(isOn);
  return (
    <div className="grid gap-1">
      <CheckRow className="flex items-center gap-2 font-medium" checked={on} onChange={setOn}>
        {label}
      </CheckRow>
      {on ? <input type="hidden" name={name} value="on" /> : null}
      {hint ? <p className="text-12 text-fg-3">{hint}</p> : null}
    </div>
  );
}
