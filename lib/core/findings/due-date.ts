import type { Severity } from '../model/severity.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days to fix by severity, from the usual service levels; null means that nothing is due. */
export const DUE_DAYS: Readonly<Record<Severity, number | null>> = {
  CRITICAL: 7,
  HIGH: 30,
  MEDIUM: 90,
  LOW: 180,
  INFORMATIONAL: null,
  UNTRIAGED: null,
};

/** A catalogue date that has passed leaves a new finding this many days. */
const KEV_GRACE_DAYS = 3;

export interface DueInput {
  readonly severity: Severity;
  /** Due date in CISA's catalogue of known exploited vulnerabilities, `YYYY-MM-DD`; null when it is not listed. */
  readonly kevDueDate: string | null;
  /** When the clock started: first seen, or last reopened. */
  readonly firstSeenAt: Date;
}

/** When a finding should be fixed: its severity's days, or the catalogue's date where that is earlier. Null: never. */
export function dueDate({ severity, kevDueDate, firstSeenAt }: DueInput): Date | null {
  const days = DUE_DAYS[severity];
  const own = days === null ? null : firstSeenAt.getTime() + days * DAY_MS;
  const catalogue = kevDueDate === null ? Number.NaN : Date.parse(`${kevDueDate}T23:59:59Z`);
  if (Number.isNaN(catalogue)) {
    return own === null ? null : new Date(own);
  }
  const exploited = Math.max(catalogue, firstSeenAt.getTime() + KEV_GRACE_DAYS * DAY_MS);
  return new Date(own === null ? exploited : Math.min(own, exploited));
}
