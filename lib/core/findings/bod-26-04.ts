/** The four questions of CISA's BOD 26-04; the second is about the asset, the rest about the vulnerability. */
export interface DirectiveFacts {
  readonly knownExploited: boolean;
  readonly exposed: boolean;
  readonly automatable: boolean;
  readonly totalImpact: boolean;
}

export interface DirectiveDeadline {
  /** Days to fix; null for "at the next upgrade of the system", which is no date. */
  readonly days: number | null;
  /** Whether the directive asks to look for traces of a break-in as well. */
  readonly forensics: boolean;
}

const NEXT_UPGRADE: DirectiveDeadline = { days: null, forensics: false };
const DAYS_60: DirectiveDeadline = { days: 60, forensics: false };
const DAYS_14: DirectiveDeadline = { days: 14, forensics: false };
const DAYS_3: DirectiveDeadline = { days: 3, forensics: false };
const DAYS_3_FORENSICS: DirectiveDeadline = { days: 3, forensics: true };

/**
 * Timelines of BOD 26-04 (CISA, 2026; decision table 1.0.0 as CERT/CC's SSVC publishes it): exploited, exposed, automatable,
 * total impact, each `y` or `n`.
 */
const TIMELINES: Readonly<Record<string, DirectiveDeadline>> = {
  nnnn: NEXT_UPGRADE,
  nnny: NEXT_UPGRADE,
  nynn: DAYS_60,
  nnyn: DAYS_60,
  nnyy: DAYS_60,
  nyyn: DAYS_14,
  nyny: DAYS_14,
  nyyy: DAYS_3,
  ynnn: DAYS_14,
  ynny: DAYS_14,
  yynn: DAYS_14,
  ynyn: DAYS_14,
  yyyn: DAYS_3,
  yyny: DAYS_3_FORENSICS,
  ynyy: DAYS_3_FORENSICS,
  yyyy: DAYS_3_FORENSICS,
};

export function directiveDeadline(facts: DirectiveFacts): DirectiveDeadline {
  const { knownExploited, exposed, automatable, totalImpact } = facts;
  const row = [knownExploited, exposed, automatable, totalImpact].map((yes) => (yes ? 'y' : 'n')).join('');
  return TIMELINES[row] ?? DAYS_3_FORENSICS;
}
