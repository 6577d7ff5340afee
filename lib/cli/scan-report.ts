import type { ScoredObservation, VulnerablePackage } from '../core/model/finding.ts';
import type { Guidance } from '../core/model/guidance.ts';
import type { PackageScanResult } from '../core/model/scan-result.ts';
import type { Severity } from '../core/model/severity.ts';
import { guidanceOfScan } from '../core/remediation/guidance-of-scan.ts';
import { firstCommand } from '../core/remediation/guidance-text.ts';
import { plainTable } from './plain-table.ts';

type PackageView = Pick<
  VulnerablePackage,
  'purl' | 'name' | 'version' | 'ecosystem' | 'sourceName' | 'sourceVersion' | 'path' | 'layer'
>;

/** One vulnerability on the target, as the contract's `--format json` lists it: what the console counts as one finding. */
interface ScanFinding {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  readonly score: number | null;
  readonly scoreTerms: ScoredObservation['score']['terms'];
  readonly cvss: ScoredObservation['vulnerability']['cvss'];
  readonly epss: ScoredObservation['vulnerability']['epss'];
  readonly kev: ScoredObservation['vulnerability']['kev'];
  /** The most mature published exploit that a record points to; null where none does. */
  readonly exploit: ScoredObservation['vulnerability']['exploit'] | null;
  /** The first of `packages`, whose fix, evidence and command stand beside it. */
  readonly package: PackageView | null;
  readonly fixedVersion: string | null;
  readonly evidence: VulnerablePackage['evidence'] | null;
  /** The first command for `package`, or the change of a file that it is; null where there is none. */
  readonly remediation: string | null;
  readonly guidance: Guidance;
  /** Every package of the target that has the vulnerability. */
  readonly packages: readonly (PackageView &
    Pick<VulnerablePackage, 'fixedVersion' | 'evidence'> & { readonly remediation: string | null })[];
}

/** The findings, the worst first. */
export function scanFindings({ inventory, observations }: PackageScanResult): readonly ScanFinding[] {
  const guide = guidanceOfScan(inventory, observations);
  return observations
    .map((observation) => toFinding(observation, guide))
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || compareTexts(a.id, b.id));
}

/** One row for each finding and package, for the forms that are tables. */
function rowsOf(result: PackageScanResult) {
  return scanFindings(result).flatMap((finding) => finding.packages.map((item) => ({ finding, item })));
}

export function scanJson(target: string, result: PackageScanResult, startedAt: Date, endedAt: Date) {
  return {
    target,
    distro: result.inventory.distro,
    // Absent for targets that are no image.
    image: result.inventory.image,
    // Absent for targets that are no SBOM.
    document: result.inventory.document,
    outcome: result.outcome,
    startedAt,
    endedAt,
    advisoryRevision: result.advisoryRevision,
    advisories: result.advisoryStates,
    packages: result.inventory.packages,
    findings: scanFindings(result),
    diagnostics: result.diagnostics,
  };
}

export function scanTable(result: PackageScanResult): string {
  const rows = rowsOf(result).map(({ finding, item }) => [
    finding.score === null ? '-' : finding.score.toFixed(1),
    finding.severity.toLowerCase(),
    finding.id,
    item.name,
    item.version,
    item.fixedVersion ?? '-',
    finding.kev === null ? '' : 'KEV',
    item.path,
  ]);
  return plainTable(['SCORE', 'SEVERITY', 'ID', 'PACKAGE', 'VERSION', 'FIXED IN', 'EXPLOIT', 'PATH'], rows);
}

export function scanCsv(result: PackageScanResult): string {
  const head = ['id', 'severity', 'score', 'kev', 'epss', 'package', 'version', 'ecosystem', 'fixed_version', 'path'];
  const rows = rowsOf(result).map(({ finding, item }) => [
    finding.id,
    finding.severity,
    finding.score?.toFixed(1) ?? '',
    finding.kev === null ? 'no' : 'yes',
    finding.epss?.probability.toString() ?? '',
    item.name,
    item.version,
    item.ecosystem,
    item.fixedVersion ?? '',
    item.path,
  ]);
  return [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

function toFinding(observation: ScoredObservation, guide: ReturnType<typeof guidanceOfScan>): ScanFinding {
  const { vulnerability, score, packages, title } = observation;
  const [first] = packages;
  const commandFor = (item: VulnerablePackage): string | null => firstCommand(guide(observation, [item]));
  return {
    id: vulnerability.id,
    aliases: vulnerability.aliases,
    title,
    severity: vulnerability.severity,
    score: score.score,
    scoreTerms: score.terms,
    cvss: vulnerability.cvss,
    epss: vulnerability.epss,
    kev: vulnerability.kev,
    exploit: vulnerability.exploit ?? null,
    package: first === undefined ? null : toPackage(first),
    fixedVersion: first?.fixedVersion ?? null,
    evidence: first?.evidence ?? null,
    remediation: first === undefined ? null : commandFor(first),
    guidance: guide(observation),
    packages: packages.map((item) => ({
      ...toPackage(item),
      fixedVersion: item.fixedVersion,
      evidence: item.evidence,
      remediation: commandFor(item),
    })),
  };
}

function toPackage(item: VulnerablePackage): PackageView {
  const { purl, name, version, ecosystem, sourceName, sourceVersion, path, layer } = item;
  return { purl, name, version, ecosystem, sourceName, sourceVersion, path, layer };
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** RFC 4180; a leading sign of a formula is made text, because spreadsheets run what they open. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
