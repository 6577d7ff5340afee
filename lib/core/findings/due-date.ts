import type { Severity } from '../model/severity.ts';
import { slaOf } from './sla.ts';
import { DEFAULT_SLA_POLICY } from './sla-policy.ts';

export interface DueInput {
  readonly severity: Severity;
  /** Due date in CISA's catalogue of known exploited vulnerabilities, `YYYY-MM-DD`; null when it is not listed. */
  readonly kevDueDate: string | null;
  /** When the clock started: first seen, or last reopened. */
  readonly firstSeenAt: Date;
}

/** When a finding should be fixed by the default policy, for those who know no more than this. Null: never. */
export function dueDate({ severity, kevDueDate, firstSeenAt }: DueInput): Date | null {
  return slaOf(DEFAULT_SLA_POLICY, { severity, kevDueDate, firstObservedAt: firstSeenAt }).dueAt;
}
