/** What a team says about a finding. `fixed` is said by a scan alone. */
export const TEAM_STATUSES = ['open', 'in-progress', 'awaiting-rescan', 'fixed', 'accepted', 'false-positive'] as const;
export type TeamStatus = (typeof TEAM_STATUSES)[number];

/** The statuses that a person may choose. */
export const CHOSEN_STATUSES = ['open', 'in-progress', 'awaiting-rescan', 'accepted', 'false-positive'] as const;
export type ChosenStatus = (typeof CHOSEN_STATUSES)[number];

/** No risk is accepted for longer; whoever still wants it says so again. */
export const ACCEPTED_DAYS_MAX = 365;

export const REASON_LENGTH_MAX = 2_000;

/** Where a finding stands with its team. */
export interface TeamState {
  readonly status: TeamStatus;
  /** End of the last acceptance, kept while the finding is fixed; null where there is none. */
  readonly acceptedUntil: Date | null;
  /** When the status was last changed by a person; null where nobody has. */
  readonly changedAt: Date | null;
}

export const NEW_TEAM_STATE: TeamState = { status: 'open', acceptedUntil: null, changedAt: null };
