'use client';

import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';
import type { PopoverProps } from './popover-panel.tsx';

const load = () => import('./popover-panel.tsx').then((module) => ({ default: module.PopoverPanel }));
const PopoverPanel = lazy(load);

type Trigger = ReactElement<React.ButtonHTMLAttributes<HTMLButtonElement>>;

/** A panel under its trigger. Its code is fetched when someone reaches for it: most are never opened. */
export function Popover({ trigger, ...panel }: Omit<PopoverProps, 'trigger'> & { readonly trigger: Trigger }) {
  const [wanted, setWanted] = useState(false);
  const closed = cloneElement(trigger, {
    onClick: () => setWanted(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
  });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <PopoverPanel trigger={trigger} {...panel} />
    </Suspense>
  );
}
