import type { EpssScore, ExploitReference, KevEntry } from './advisory.ts';
import type { Diagnostic, Outcome } from './diagnostic.ts';
import type { FindingKey, ResourceId } from './ids.ts';
import type { FindingType, Origin, ScanType } from './resource.ts';
import type { Severity } from './severity.ts';

/** Amazon Inspector's states of a finding. */
export const FINDING_STATUSES = ['ACTIVE', 'SUPPRESSED', 'CLOSED'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** The facts that make a match true, kept so that the screen can answer "why" without asking again. */
export interface MatchEvidence {
  /** Matcher that decided: `distro` or `language`. */
  readonly matcher: string;
  /** Advisory record that matched, such as `DSA-5378-1`. */
  readonly advisory: string;
  /** Package key that was looked up, such as `Debian:12/openssl`. */
  readonly searched: string;
  /** The range in words, such as `>= 0, < 3.0.11-1~deb12u2`. */
  readonly range: string;
  /** Version that was compared (of the source package where the advisory speaks of source packages). */
  readonly installed: string;
}

/** One affected package inside a finding. */
export interface VulnerablePackage {
  readonly name: string;
  readonly version: string;
  readonly ecosystem: string;
  readonly purl: string;
  readonly path: string;
  readonly layer: string | null;
  readonly sourceName: string | null;
  readonly sourceVersion: string | null;
  readonly fixedVersion: string | null;
  /** Shell line that upgrades it; null where there is no fix or no safe line. */
  readonly remediation: string | null;
  readonly evidence: MatchEvidence;
}

/** A CVSS statement with its computed base score. */
export interface CvssScore {
  readonly version: '2.0' | '3.0' | '3.1' | '4.0';
  readonly vector: string;
  readonly score: number;
  readonly source: string;
}

/** What is known about the flaw itself, apart from where it was found. `id` is a CVE where one exists. */
export interface Vulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  /** The publisher's own word or the source of the CVSS score; null when untriaged. */
  readonly severitySource: string | null;
  readonly cvss: readonly CvssScore[];
  readonly epss: EpssScore | null;
  readonly kev: KevEntry | null;
  /** The most mature published exploit; absent where none is known. */
  readonly exploit?: ExploitReference;
  readonly cwes: readonly string[];
  readonly references: readonly string[];
  readonly publishedAt: Date | null;
}

/** What one scan saw on one resource, before anyone knows whether it is new: one vulnerability, all its packages. */
export interface Observation {
  readonly key: FindingKey;
  readonly type: FindingType;
  readonly title: string;
  readonly vulnerability: Vulnerability;
  readonly packages: readonly VulnerablePackage[];
}

/** One signed step of a score. Steps add up to the score before it is capped to 0..10; a factor may have several. */
export interface ScoreTerm {
  readonly factor: 'cvss' | 'reachability' | 'exploitation' | 'environment' | 'controls';
  readonly detail: string;
  readonly value: number;
}

/** The risk score, 0.0 to 10.0, with its inputs. `score` is null when there is no base score to start from. */
export interface ScoreBreakdown {
  readonly score: number | null;
  readonly terms: readonly ScoreTerm[];
  /** The sum before the cap, where the cap changed it. */
  readonly cappedFrom: number | null;
  readonly formula: string;
}

/** A metric that Amazon Inspector's score has otherwise than the published vector, and why. */
export interface ScoreAdjustment {
  readonly metric: string;
  readonly reason: string;
}

/** Amazon Inspector's own score, in the words of its `adjustedCvss`. It is never above the published base score. */
export interface InspectorScore {
  readonly score: number;
  readonly scoringVector: string;
  readonly version: CvssScore['version'];
  /** Who published the base vector. */
  readonly cvssSource: string;
  /** Empty where the score is the base score. */
  readonly adjustments: readonly ScoreAdjustment[];
  /** Why there is no adjustment; null where there is one, or where the published vector already fits. */
  readonly note: string | null;
}

export interface ScoredObservation extends Observation {
  readonly score: ScoreBreakdown;
}

export interface ScanReport {
  readonly resource: ResourceId;
  readonly scanType: ScanType;
  readonly origin: Origin;
  readonly outcome: Outcome;
  readonly observations: readonly Observation[];
  /** Findings that could not be decided this time: not seen, and yet no reason to close them. */
  readonly undecidedKeys?: readonly FindingKey[];
  /** Findings that nothing can prove any more, however little was seen: they close after a partial report too. */
  readonly endedKeys?: readonly FindingKey[];
  /** Why this report closes what it no longer sees; `remediated` unless given. */
  readonly closeReason?: CloseReason;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ScoredReport extends Omit<ScanReport, 'observations'> {
  readonly observations: readonly ScoredObservation[];
}

/** The part of a stored finding that reconciling needs. */
export interface StoredFinding {
  readonly key: FindingKey;
  readonly resource: ResourceId;
  readonly type: FindingType;
  /** Id of the vulnerability. */
  readonly vulnerability: string;
  readonly status: FindingStatus;
  readonly origins: readonly Origin[];
  /** SHA-256 (hex) of the observation's content; equal content needs no rewrite. */
  readonly contentHash: string;
  readonly closedAt: Date | null;
}

/**
 * `remediated`: a complete scan no longer sees it; `advisory-changed`: the same packages, and no advisory covers them any
 * more; `resource-removed`: the resource is gone.
 */
export type CloseReason = 'remediated' | 'advisory-changed' | 'resource-removed';

/** One step of a finding's life, decided by reconcile and written by the store. */
export type FindingChange =
  | { readonly kind: 'open'; readonly observation: ScoredObservation; readonly contentHash: string }
  | {
      readonly kind: 'refresh' | 'reopen';
      readonly key: FindingKey;
      readonly observation: ScoredObservation;
      readonly contentHash: string;
    }
  /** Still seen, nothing about it changed: only the time of the last sighting moves. */
  | { readonly kind: 'seen'; readonly key: FindingKey }
  /** One origin stopped reporting it while another still does. */
  | { readonly kind: 'drop-origin'; readonly key: FindingKey; readonly origin: Origin }
  | { readonly kind: 'close'; readonly key: FindingKey; readonly reason: CloseReason };
