import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** The page's answer in one line. */
  readonly answer?: ReactNode;
  readonly children?: ReactNode;
}

export function PageHeader({ title, answer, children }: Props) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {answer === undefined ? null : <div className="min-w-0 truncate text-fg-3 max-sm:ml-auto">{answer}</div>}
      {children === undefined ? null : (
        <div className={`flex items-center gap-2 ${answer === undefined ? 'ml-auto' : 'sm:ml-auto'}`}>{children}</div>
      )}
    </header>
  );
}
