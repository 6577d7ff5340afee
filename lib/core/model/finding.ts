import type { EpssScore, ExploitReference, KevEntry } from './advisory.ts';
import type { Diagnostic, Outcome } from './diagnostic.ts';
import type { FindingKey, ResourceId } from './ids.ts';
import type { NetworkEvidence } from './network.ts';
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
  /** The path of a finding of network reachability; absent for others. */
  readonly network?: NetworkEvidence;
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

/** What a score starts from: the CVSS statement that counts, and the publisher's word where there is one. */
export interface BaseRating {
  readonly cvss: readonly CvssScore[];
  readonly word: {
    readonly band: Exclude<Severity, 'UNTRIAGED'>;
    readonly word: string;
    readonly source: string;
  } | null;
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
  readonly rating: BaseRating;
  readonly score: ScoreBreakdown;
}

export interface ScanReport {
  readonly resource: ResourceId;
  readonly scanType: ScanType;
  readonly origin: Origin;
  readonly outcome: Outcome;
  /** When the origin looked. Reports that come late are put where they belong by this time. */
  readonly at: Date;
  /**
   * True for what was looked at before and is held against newer advisories: it takes the place of the newest look, and
   * what it says is true from `at` on.
   */
  readonly again?: boolean;
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

/** One origin's latest unbroken sight of a finding, in milliseconds since 1970. */
export interface Sight {
  /** When it first saw it, ever. */
  readonly first: number;
  /** When it saw it again after it had been gone; `first` if it never was. */
  readonly opened: number;
  /** The newest sight on record. Complete reports that saw nothing new are not written down one by one. */
  readonly seen: number;
  /** The first complete look that did not see it any more; null while it is seen. */
  readonly gone: number | null;
  /** The newest sights by partial reports, ascending; left out where there is none. A late report may fall between them. */
  readonly partial?: readonly number[];
}
export type Sights = Readonly<Partial<Record<Origin, Sight>>>;

/** The part of a stored finding that reconciling needs. */
export interface StoredFinding {
  readonly key: FindingKey;
  readonly resource: ResourceId;
  readonly type: FindingType;
  /** Id of the vulnerability. */
  readonly vulnerability: string;
  readonly status: FindingStatus;
  readonly sights: Sights;
  /** Of everything that a report says about it, 32 hex digits; equal content needs no rewrite. */
  readonly contentHash: string;
}

/** What is stored of a resource and scan type, as one origin's report is held against it. */
export interface StoredFindings {
  readonly findings: readonly StoredFinding[];
  /** Times of each origin's newest complete reports, ascending, in milliseconds. */
  readonly completes: Readonly<Partial<Record<Origin, readonly number[]>>>;
  /** Time of the reporting origin's newest report that was not failed; null where there is none. */
  readonly lookedAt: number | null;
  /** The database's clock: what claims to be later than this happened now. */
  readonly clock: number;
}

/**
 * `remediated`: a complete scan no longer sees it; `advisory-changed`: the same packages, and no advisory covers them any
 * more; `resource-removed`: the resource is gone.
 */
export type CloseReason = 'remediated' | 'advisory-changed' | 'resource-removed';

/** One step of a finding's life, decided by reconcile and written by the store. */
export type FindingChange =
  | {
      readonly kind: 'open';
      readonly observation: ScoredObservation;
      readonly contentHash: string;
      readonly sights: Sights;
    }
  | {
      readonly kind: 'refresh' | 'reopen';
      readonly key: FindingKey;
      readonly observation: ScoredObservation;
      readonly contentHash: string;
      readonly sights: Sights;
    }
  /** Still seen, nothing about it changed: nothing is written. */
  | { readonly kind: 'seen'; readonly key: FindingKey; readonly vulnerability?: Vulnerability }
  /** Only the times of its sights move. */
  | {
      readonly kind: 'sight';
      readonly key: FindingKey;
      readonly sights: Sights;
      /** As the newest report tells of it: its text or its EPSS may have changed though the finding did not. */
      readonly vulnerability?: Vulnerability;
    }
  /** One origin stopped reporting it while another still does. */
  | { readonly kind: 'drop-origin'; readonly key: FindingKey; readonly origin: Origin; readonly sights: Sights }
  | { readonly kind: 'close'; readonly key: FindingKey; readonly reason: CloseReason; readonly sights: Sights };

/** All changes of one report, and the report's own place in time. */
export interface ReportChanges {
  readonly resource: ResourceId;
  readonly scanType: ScanType;
  readonly origin: Origin;
  readonly outcome: Outcome;
  readonly at: Date;
  readonly again?: boolean;
  readonly changes: readonly FindingChange[];
}
