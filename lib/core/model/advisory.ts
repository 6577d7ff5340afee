/** One event of an OSV range. Exactly one of the members is set. Specification: OSV schema, `affected[].ranges[].events`. */
export interface RangeEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
  readonly limit?: string;
}

export interface AdvisoryRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM';
  readonly events: readonly RangeEvent[];
}

/** Versions that an advisory covers. */
export interface AffectedVersions {
  readonly ranges: readonly AdvisoryRange[];
  /** Versions listed one by one. */
  readonly versions: readonly string[];
}

/** What one advisory says about one package. */
export interface AffectedPackage extends AffectedVersions {
  /** OSV ecosystem with its release, as published: `Debian:12`, `npm`. */
  readonly ecosystem: string;
  /** Package name, normalized by the ecosystem's rule. */
  readonly name: string;
}

/** A severity statement of a publisher: a CVSS vector, or a word (`type` "word") such as Ubuntu's "medium". */
export interface SeverityStatement {
  readonly type: 'CVSS_V2' | 'CVSS_V3' | 'CVSS_V4' | 'word';
  readonly value: string;
  /** Who said it: `ubuntu`, `ghsa`, `nvd`, or the record's id prefix in lower case. */
  readonly source: string;
}

/** A published record in OSV shape, cut down to what matching and the console use, without what it affects. */
export interface AdvisoryRecord {
  readonly id: string;
  /** Other names of the same flaw (OSV `aliases`), without `id`. */
  readonly aliases: readonly string[];
  /** CVEs that a distribution's notice bundles (OSV `upstream` and `related` of vendor notices). */
  readonly upstream: readonly string[];
  readonly summary: string;
  readonly details: string;
  readonly published: Date | null;
  readonly modified: Date;
  readonly withdrawn: Date | null;
  readonly severities: readonly SeverityStatement[];
  readonly cwes: readonly string[];
  readonly references: readonly string[];
  /** Published ways to exploit the flaw that the record points to; absent where it names none. */
  readonly exploits?: readonly ExploitReference[];
}

/**
 * A published way to exploit a flaw. `public`: somebody has shown how; `weaponised`: it is a module of a tool that runs it
 * for everybody.
 */
export interface ExploitReference {
  readonly maturity: 'public' | 'weaponised';
  readonly url: string;
  /** Who published it: `exploit-db`, `metasploit`, `nuclei`; `nvd` where only NVD says that the address is one. */
  readonly source: string;
}

/** A record with the packages that it affects. */
export interface Advisory extends AdvisoryRecord {
  readonly affected: readonly AffectedPackage[];
}

/** FIRST's Exploit Prediction Scoring System: probability and percentile, both 0 to 1. */
export interface EpssScore {
  readonly probability: number;
  readonly percentile: number;
  /** Date of the scores, `YYYY-MM-DD`. */
  readonly date: string;
}

/** An entry of CISA's catalogue of Known Exploited Vulnerabilities. Dates are `YYYY-MM-DD`. */
export interface KevEntry {
  readonly dateAdded: string;
  readonly dueDate: string;
  readonly ransomware: boolean;
  readonly name: string;
  readonly action: string;
}
