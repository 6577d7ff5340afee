import type { Severity } from '@/lib/core/model/severity.ts';
import { SeverityGlyph } from './severity-glyph.tsx';
import { SEVERITY_WORDS } from './severity-words.ts';

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return (
    <span className="severity-badge" data-severity={severity}>
      <SeverityGlyph severity={severity} size={12} decorative />
      {SEVERITY_WORDS[severity]}
    </span>
  );
}
