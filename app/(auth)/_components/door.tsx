import type { ReactNode } from 'react';

/** What Next.js hands to these pages. */
export interface DoorProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

interface Props {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children?: ReactNode;
}

/** The one column of a page for people who are not signed in. */
export function Door({ title, lead, children }: Props) {
  return (
    <main className="mx-auto w-full max-w-100 px-6 py-12 sm:py-20">
      <h1 className="title-20">{title}</h1>
      <p className="mt-1 mb-6 text-fg-2">{lead}</p>
      {children}
    </main>
  );
}
