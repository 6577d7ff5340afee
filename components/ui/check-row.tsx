'use client';

import { type ReactNode, useId } from 'react';
import { Checkbox } from './checkbox.tsx';

interface Props {
  readonly className?: string;
  readonly checked: boolean;
  readonly indeterminate?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: ReactNode;
}

/** A checkbox whose whole row is its label. */
export function CheckRow({ className, checked, indeterminate = false, disabled = false, onChange, children }: Props) {
  const id = useId();
  return (
    <label htmlFor={id} className={className}>
      <Checkbox
        id={id}
        checked={checked}
        indeterminate={indeterminate}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children}
    </label>
  );
}
