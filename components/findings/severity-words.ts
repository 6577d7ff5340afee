import type { Severity } from '@/lib/core/model/severity.ts';
import { SEVERITIES } from '@/lib/core/model/severity.ts';
import type { SeverityCounts } from '@/lib/core/model/views.ts';
import { formatCount } from '../format/format-count.ts';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
  INFORMATIONAL: 'Informational',
  UNTRIAGED: 'Untriaged',
};

export function sumOf(counts: SeverityCounts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}

export function worstOf(counts: SeverityCounts): Severity | null {
  return SEVERITIES.find((severity) => counts[severity] > 0) ?? null;
}

/** `Critical 412, High 4,986`: what a bar says to readers who do not see it. */
export function describeCounts(counts: SeverityCounts): string {
  return SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${SEVERITY_WORDS[severity]} ${formatCount(counts[severity])}`)
    .join(', ');
}
