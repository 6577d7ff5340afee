import Link from 'next/link';
import type { ReactNode } from 'react';

export interface Figure {
  readonly label: ReactNode;
  readonly value: string;
  readonly note: string;
  readonly href: string | null;
}

export function FigureStrip({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <section className="figure-strip" aria-label="Key figures">
      {figures.map(({ label, value, note, href }, index) => {
        const face = (
          <>
            <span className="flex items-center gap-1.5 truncate text-12 text-fg-2">{label}</span>
            <span className="figure-value">{value}</span>
            <span className="block truncate text-12 text-fg-3" title={note}>
              {note}
            </span>
          </>
        );
        const key = `figure-${index + 1}`;
        return href ? (
          <Link key={key} href={href} className="figure" data-figure={index + 1}>
            {face}
          </Link>
        ) : (
          <div key={key} className="figure">
            {face}
          </div>
        );
      })}
    </section>
  );
}
