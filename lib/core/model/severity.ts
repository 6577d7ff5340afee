/** Severity bands of a finding, worst first. Wire spelling of Amazon Inspector. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'] as const;

/** The published rating of a vulnerability; UNTRIAGED means that nobody has rated it, never that it is harmless. */
export type Severity = (typeof SEVERITIES)[number];
