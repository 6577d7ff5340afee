import { dueDate } from '../core/findings/due-date.ts';
import type { ScoredObservation } from '../core/model/finding.ts';

/** The resource's facts that a finding repeats. */
export interface FindingResource {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
  readonly kind: string;
  readonly environment: string | null;
}

/** What is stored of a finding before a change is applied. */
export interface FindingBefore {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly severity: string;
  readonly score: number | null;
  readonly fixed_version: string | null;
  readonly content_hash: string;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

/** The columns that follow from an observation, as `jsonb_to_recordset` reads them. */
export interface FindingColumns {
  readonly key: string;
  readonly type: string;
  readonly severity: string;
  readonly score: number | null;
  readonly kev: boolean;
  readonly fix_available: 'yes' | 'no' | 'partial';
  readonly vulnerability_id: string;
  readonly package_name: string;
  readonly package_version: string;
  readonly package_ecosystem: string;
  readonly fixed_version: string | null;
  readonly title: string;
  readonly search: string;
  readonly packages: unknown;
  readonly score_breakdown: unknown;
  readonly content_hash: string;
  readonly opened_at: Date;
  readonly due_at: Date | null;
}

/** Longer texts are cut for searching only; the stored parts stay whole. */
const SEARCH_CHARS_MAX = 2_000;

export function toFindingColumns(
  observation: ScoredObservation,
  contentHash: string,
  resource: FindingResource,
  openedAt: Date,
): FindingColumns {
  const { vulnerability, packages, score } = observation;
  // The package that a person would act on stands for the finding in lists.
  const lead = packages.find((one) => one.fixedVersion !== null) ?? packages[0];
  return {
    key: observation.key,
    type: observation.type,
    severity: vulnerability.severity,
    score: score.score,
    kev: vulnerability.kev !== null,
    fix_available: fixAvailable(observation),
    vulnerability_id: vulnerability.id,
    package_name: lead?.name ?? '',
    package_version: lead?.version ?? '',
    package_ecosystem: lead?.ecosystem ?? '',
    fixed_version: lead?.fixedVersion ?? null,
    title: observation.title,
    search: searchText(observation, resource),
    packages,
    score_breakdown: score,
    content_hash: contentHash,
    opened_at: openedAt,
    due_at: dueDate({
      severity: vulnerability.severity,
      kevDueDate: vulnerability.kev?.dueDate ?? null,
      firstSeenAt: openedAt,
    }),
  };
}

function fixAvailable({ packages }: ScoredObservation): 'yes' | 'no' | 'partial' {
  const fixed = packages.filter((one) => one.fixedVersion !== null).length;
  if (fixed === 0) {
    return 'no';
  }
  return fixed === packages.length ? 'yes' : 'partial';
}

function searchText({ vulnerability, packages, title }: ScoredObservation, resource: FindingResource): string {
  const names = new Set(packages.map((one) => one.name));
  const words = [vulnerability.id, ...vulnerability.aliases, title, ...names, resource.name, resource.key];
  return words.join(' ').toLowerCase().slice(0, SEARCH_CHARS_MAX);
}
