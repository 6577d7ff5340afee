'use client';

import { type InputHTMLAttributes, useEffect, useRef } from 'react';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly indeterminate?: boolean;
}

export function Checkbox({ indeterminate = false, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return <input ref={input} type="checkbox" className="checkbox" {...rest} />;
}
