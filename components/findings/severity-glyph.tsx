import type { ReactNode } from 'react';
import type { Severity } from '@/lib/core/model/severity.ts';
import { SEVERITY_WORDS } from './severity-words.ts';

// Six outlines that differ without colour: in print, in forced colours and to colour-blind readers.
const SHAPES: Readonly<Record<Severity, ReactNode>> = {
  CRITICAL: (
    <>
      <rect x="1.4" y="1.4" width="11.2" height="11.2" rx="2.6" fill="currentColor" />
      <path d="M7 4v3.6M7 9.9v.1" stroke="var(--bg-canvas)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  HIGH: (
    <path d="M7 2 12.7 11.9H1.3Z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
  ),
  MEDIUM: (
    <path
      d="M7 1.6 12.4 7 7 12.4 1.6 7Z"
      fill="currentColor"
      stroke="currentColor"
      strokeWidth=".8"
      strokeLinejoin="round"
    />
  ),
  LOW: <circle cx="7" cy="7" r="4.4" fill="currentColor" />,
  INFORMATIONAL: <circle cx="7" cy="7" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  UNTRIAGED: (
    <>
      <circle cx="7" cy="7" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.2 1.8" />
      <circle cx="7" cy="7" r="1.1" fill="currentColor" />
    </>
  ),
};

interface Props {
  readonly severity: Severity;
  readonly size?: 12 | 14;
  /** True beside the severity's own word, so that it is not read twice. */
  readonly decorative?: boolean;
}

export function SeverityGlyph({ severity, size = 14, decorative = false }: Props) {
  const name = decorative
    ? ({ 'aria-hidden': true } as const)
    : ({ role: 'img', 'aria-label': SEVERITY_WORDS[severity] } as const);
  return (
    <span className="severity" data-severity={severity}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the name is in aria-label; a title element would add a tooltip to every row */}
      <svg width={size} height={size} viewBox="0 0 14 14" {...name}>
        {SHAPES[severity]}
      </svg>
    </span>
  );
}
