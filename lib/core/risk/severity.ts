import type { SeverityStatement } from '../model/advisory.ts';
import type { CvssScore } from '../model/finding.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { scoreVector } from './cvss.ts';
import type { CvssVersion } from './cvss-grammar.ts';
import { RISK_POLICY } from './policy.ts';

export type Band = Exclude<Severity, 'UNTRIAGED'>;

/** A publisher's word and the band it stands for. */
export interface WordRating {
  readonly band: Band;
  readonly word: string;
  readonly source: string;
}

/** What was published about the severity of one vulnerability. */
export interface Rating {
  readonly severity: Severity;
  /** Who decided it: a publisher, or `cisa-kev` where exploitation raised it; null when nobody rated it. */
  readonly source: string | null;
  /** All valid CVSS statements, the one that counts first. */
  readonly cvss: readonly CvssScore[];
  /** The word that counts where there is no CVSS statement; null when there is none. */
  readonly word: WordRating | null;
  /** Why vectors were left out. */
  readonly rejected: readonly string[];
}

export interface RatingInput {
  /** Statements in the order in which they are trusted. */
  readonly statements: readonly SeverityStatement[];
  /** Distributions of the affected packages, `ubuntu` or `debian`: their own word about their own build comes first. */
  readonly vendors: readonly string[];
  readonly knownExploited: boolean;
}

/**
 * The published severity: the vendor's word about its own packages, else the band of the CVSS statement that counts,
 * else any publisher's word. What is known to be exploited is never below HIGH, and CRITICAL where nobody rated it.
 */
export function ratingOf({ statements, vendors, knownExploited }: RatingInput): Rating {
  const { cvss, rejected } = cvssOf(statements);
  const words = statements.flatMap(toWord);
  const vendorWord = words.find((word) => vendors.includes(word.source));
  const [first] = cvss;
  const word = vendorWord ?? words[0] ?? null;
  const published = publishedBand(vendorWord ?? null, first ?? null, word);
  return { ...raised(published, knownExploited), cvss, word, rejected };
}

type Published = { readonly severity: Severity; readonly source: string | null };

function publishedBand(vendorWord: WordRating | null, score: CvssScore | null, word: WordRating | null): Published {
  if (vendorWord !== null) {
    return { severity: vendorWord.band, source: vendorWord.source };
  }
  if (score !== null) {
    return { severity: bandOfScore(score.version, score.score), source: score.source };
  }
  return word === null ? { severity: 'UNTRIAGED', source: null } : { severity: word.band, source: word.source };
}

function raised(published: Published, knownExploited: boolean): Published {
  if (!knownExploited) {
    return published;
  }
  if (published.severity === 'UNTRIAGED') {
    return { severity: 'CRITICAL', source: 'cisa-kev' };
  }
  const isBelowHigh = SEVERITIES.indexOf(published.severity) > SEVERITIES.indexOf('HIGH');
  return isBelowHigh ? { severity: 'HIGH', source: 'cisa-kev' } : published;
}

/** Qualitative bands of the specifications; version 2 has NVD's three and no critical one. */
export function bandOfScore(version: CvssVersion, score: number): Band {
  if (score === 0) {
    return version === '2.0' ? 'LOW' : 'INFORMATIONAL';
  }
  if (score >= 9) {
    return version === '2.0' ? 'HIGH' : 'CRITICAL';
  }
  if (score >= 7) {
    return 'HIGH';
  }
  return score >= 4 ? 'MEDIUM' : 'LOW';
}

function cvssOf(statements: readonly SeverityStatement[]): { cvss: readonly CvssScore[]; rejected: readonly string[] } {
  const byVector = new Map<string, CvssScore>();
  const rejected: string[] = [];
  for (const { type, value, source } of statements) {
    if (type === 'word' || byVector.has(value)) {
      continue;
    }
    const scores = scoreVector(value);
    if ('rejected' in scores) {
      rejected.push(`A vector of ${source} was left out: ${scores.rejected}.`);
    } else {
      byVector.set(value, { version: scores.version, vector: value, score: scores.base, source });
    }
  }
  // Sorting is stable, so among statements of one version the order of trust is kept.
  const rank = ({ version }: CvssScore): number => RISK_POLICY.versionOrder.indexOf(version);
  return { cvss: [...byVector.values()].sort((a, b) => rank(a) - rank(b)), rejected };
}

const BANDS: ReadonlyMap<string, Band> = new Map(Object.entries(RISK_POLICY.words));

function toWord({ type, value, source }: SeverityStatement): readonly WordRating[] {
  const band = type === 'word' ? BANDS.get(value.toLowerCase()) : undefined;
  return band === undefined ? [] : [{ band, word: value, source }];
}
