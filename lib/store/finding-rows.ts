import { sharedContentHash } from '../core/findings/content-hash.ts';
import { lifetimeOf } from '../core/findings/sights.ts';
import type { BaseRating, FindingStatus, ScoredObservation, Sights } from '../core/model/finding.ts';
import type { Severity } from '../core/model/severity.ts';
import { exploitLevelOf } from '../core/risk/exploitation-term.ts';
import type { Duty, DutyResource } from './duty/duty.ts';

/** What is stored of a finding before a change is applied. */
export interface FindingBefore {
  readonly id: string;
  readonly key: string;
  readonly status: FindingStatus;
  readonly team_status: string;
  readonly severity: Severity;
  readonly score: number | null;
  readonly fixed_version: string | null;
  readonly closed_at: Date | null;
  /** `YYYY-MM-DD`; null when the flaw is not in the catalogue of known exploited ones. */
  readonly kev_due_date: string | null;
  /** The CVSS statement that counts; a due date by the directive asks for it. */
  readonly cvss: BaseRating['cvss'];
}

/** A row of `resource`, and by which rules its findings are due and whose they are. */
export interface RowContext {
  readonly duty: Duty;
  readonly resourceId: string;
  readonly resource: DutyResource | undefined;
}

/** The columns that follow from the sights. */
export interface SightColumns {
  readonly key: string;
  readonly origins: Sights;
  readonly sources: number;
  readonly first_seen_at: Date;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  /** Counted from `opened_at`, without the time that the clock stood still. */
  readonly due_at: Date | null;
}

/** The columns that follow from an observation, as `jsonb_to_recordset` reads them. */
export interface FindingColumns extends SightColumns {
  readonly resource_id: string;
  readonly type: string;
  readonly severity: string;
  readonly score: number | null;
  readonly kev: boolean;
  readonly exploit: 'kev' | 'public' | 'none';
  readonly fix_available: 'yes' | 'no' | 'partial';
  readonly vulnerability_id: string;
  readonly package_name: string;
  readonly package_version: string;
  readonly package_ecosystem: string;
  readonly fixed_version: string | null;
  readonly content: string;
  readonly content_hash: string;
  readonly owner: string | null;
  readonly team: string | null;
}

/** A row of `finding_content`. */
export interface ContentColumns {
  readonly hash: string;
  readonly title: string;
  readonly packages: unknown;
  readonly rating: unknown;
  readonly network: unknown;
}

/** The bit of each origin in `finding.sources`. */
const SOURCE_BITS = { harrier: 1, 'security-hub': 2 } as const;

export function toSightColumns(
  { key, severity, kev_due_date, cvss }: Pick<FindingBefore, 'key' | 'severity' | 'kev_due_date' | 'cvss'>,
  sights: Sights,
  { duty, resource }: RowContext,
): SightColumns {
  const { firstSeenAt, openedAt, closedAt } = lifetimeOf(sights);
  const seeing = Object.entries(SOURCE_BITS).filter(([origin]) => sights[origin as keyof Sights]?.gone === null);
  return {
    key,
    origins: sights,
    sources: seeing.reduce((bits, [, bit]) => bits + bit, 0),
    first_seen_at: new Date(firstSeenAt),
    opened_at: new Date(openedAt),
    closed_at: closedAt === null ? null : new Date(closedAt),
    due_at: duty.dueAt({ severity, kevDueDate: kev_due_date, openedAt: new Date(openedAt), cvss }, resource),
  };
}

export function toFindingColumns(
  observation: ScoredObservation,
  contentHash: string,
  sights: Sights,
  context: RowContext,
): FindingColumns {
  const { vulnerability, packages, score, rating } = observation;
  // The package that a person would act on stands for the finding in lists.
  const lead = packages.find((one) => one.fixedVersion !== null) ?? packages[0];
  const { key } = observation;
  const { severity, kev } = vulnerability;
  return {
    ...toSightColumns({ key, severity, kev_due_date: kev?.dueDate ?? null, cvss: rating.cvss }, sights, context),
    resource_id: context.resourceId,
    type: observation.type,
    severity,
    score: score.score,
    kev: kev !== null,
    exploit: exploitLevelOf(vulnerability),
    fix_available: fixAvailable(observation),
    vulnerability_id: vulnerability.id,
    package_name: lead?.name ?? '',
    package_version: lead?.version ?? '',
    package_ecosystem: lead?.ecosystem ?? '',
    fixed_version: lead?.fixedVersion ?? null,
    content: sharedContentHash(observation),
    content_hash: contentHash,
    ...context.duty.holderOf(
      context.resource,
      packages.map(({ path }) => path),
    ),
  };
}

export function toContentColumns(observation: ScoredObservation): ContentColumns {
  const { title, packages, rating, network = null } = observation;
  return { hash: sharedContentHash(observation), title, packages, rating, network };
}

function fixAvailable({ packages, network }: ScoredObservation): 'yes' | 'no' | 'partial' {
  // A path closes with the rules that admit it.
  if (network !== undefined) return network.revokes.length > 0 ? 'yes' : 'no';
  const fixed = packages.filter((one) => one.fixedVersion !== null).length;
  if (fixed === 0) {
    return 'no';
  }
  return fixed === packages.length ? 'yes' : 'partial';
}
