import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** The page's answer in one line. */
  readonly answer?: ReactNode;
  /** On a phone a long answer is read whole, below the head. */
  readonly isWhole?: boolean;
  readonly children?: ReactNode;
}

export function PageHeader({ title, answer, isWhole = false, children }: Props) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {answer === undefined ? null : (
        <div className={`min-w-0 text-fg-3 max-sm:ml-auto ${isWhole ? 'sm:truncate' : 'truncate'}`}>{answer}</div>
      )}
      {children === undefined ? null : (
        <div className={`flex items-center gap-2 ${answer === undefined ? 'ml-auto' : 'sm:ml-auto'}`}>{children}</div>
      )}
    </header>
  );
}
