import type { ReactNode } from 'react';

interface Props {
  readonly kind?: 'line' | 'kev' | 'plain' | 'stale';
  readonly title?: string;
  readonly children: ReactNode;
}

export function Chip({ kind = 'line', title, children }: Props) {
  return (
    <span className="chip" data-kind={kind} title={title}>
      {children}
    </span>
  );
}
