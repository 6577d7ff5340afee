import { SEVERITIES, type Severity } from '../../../core/model/severity.ts';

/** What a statement says of each group; `null` is what it does not know. */
export interface GroupNumbers {
  /** Name of the vulnerability or package, number of the resource or account. */
  readonly key: string;
  /** Of a package; empty for all else. */
  readonly ecosystem: string;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly informational: number;
  readonly untriaged: number;
  readonly total: number;
  /** False where counting stopped. */
  readonly exact: boolean;
  /** Known exploited among them, and those with a fix. */
  readonly kev: number;
  readonly fixable: number;
}

/** What is known of a group only after looking at findings of it. */
export interface GroupFacts {
  readonly score: number | null;
  readonly resources: number | null;
  readonly accounts: number | null;
  readonly due_at: Date | null;
  readonly due_known: boolean;
}

export type Band = 'critical' | 'high' | 'medium' | 'low' | 'informational' | 'untriaged';

/** The columns of the severities in the tables of counts, worst first. */
export const BANDS: readonly { readonly severity: Severity; readonly band: Band; readonly order: number }[] = [
  { severity: 'CRITICAL', band: 'critical', order: 5 },
  { severity: 'HIGH', band: 'high', order: 4 },
  { severity: 'MEDIUM', band: 'medium', order: 3 },
  { severity: 'LOW', band: 'low', order: 2 },
  { severity: 'INFORMATIONAL', band: 'informational', order: 1 },
  { severity: 'UNTRIAGED', band: 'untriaged', order: 0 },
];

/** Those that are asked for; an empty list asks for all. */
export function wantedBands(severities: readonly Severity[]): typeof BANDS {
  return severities.length === 0 ? BANDS : BANDS.filter(({ severity }) => severities.includes(severity));
}

export function asksForAll(severities: readonly Severity[]): boolean {
  return severities.length === 0 || SEVERITIES.every((severity) => severities.includes(severity));
}

/** Numbers of a group from the rows of findings `f`, as columns of a select. */
export const COUNTED_COLUMNS = `${BANDS.map(
  ({ band, order }) => `count(*) filter (where f.severity_order = ${order})::int as ${band}`,
).join(', ')},
  count(*)::int as total, count(*) filter (where f.kev)::int as kev,
  count(*) filter (where f.fix_available <> 'no')::int as fixable`;

/** Facts of a group from all its findings `f`. */
export const FACT_COLUMNS = `max(f.score)::float8 as score, count(distinct f.resource_id)::int as resources,
  count(distinct f.account_id)::int as accounts, min(f.due_at) filter (where f.status = 'ACTIVE') as due_at`;
