import { byMaturity } from '../advisories/exploit-references.ts';
import { supportWarning } from '../ecosystems/os/end-of-life.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { ExploitReference, SeverityStatement } from '../model/advisory.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ScoredObservation } from '../model/finding.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Inventory } from '../model/inventory.ts';
import type { EcosystemId } from '../model/package.ts';
import { controlsFor, NO_FACTS, type ResourceFacts } from '../model/resource-facts.ts';
import type { PackageScanResult } from '../model/scan-result.ts';
import type { AdvisoryIndex, VulnerabilitySignals } from '../ports/advisory-index.ts';
import { type MatchedVulnerability, matchInventory } from '../scan/package/scanner.ts';
import type { VexBook } from '../scan/package/vex-book.ts';
import { advisoryStatesOf } from './advisory-states.ts';
import { componentReach } from './component-reach.ts';
import { scoreOf } from './score.ts';
import { DEFAULT_SCORING_TERMS, type ScoringTerms } from './scoring-terms.ts';
import { type Rating, ratingOf } from './severity.ts';

export interface AssessmentFacts {
  readonly resource: ResourceId;
  /** Value of the environment tag; null where there is none. */
  readonly environment: string | null;
  readonly now: Date;
  /** Exposure, criticality, blast and controls of the resource; nothing is known unless given. */
  readonly facts?: ResourceFacts;
  /** What suppliers say of vulnerabilities in packages; nothing unless given. */
  readonly vex?: VexBook;
  /** The points of the score; those of this release unless given. */
  readonly terms?: ScoringTerms;
}

const REFERENCES_MAX = 30;
const REJECTED_MAX = 50;
const NO_SIGNALS: VulnerabilitySignals = { epss: null, kev: null, severities: [] };

/** Matches, rates and scores the packages of one resource: everything that a package scan yields. */
export function assessPackages(inventory: Inventory, index: AdvisoryIndex, facts: AssessmentFacts): PackageScanResult {
  const matched = matchInventory(inventory, index, facts.resource, facts.vex);
  const signals = index.signals(matched.observations.map(({ id }) => id));
  const rated = matched.observations.map((one) => rate(one, signals.get(one.id) ?? NO_SIGNALS, facts));
  const rejected = rated.flatMap((one) => one.diagnostics).slice(0, REJECTED_MAX);
  return {
    inventory,
    observations: rated.map((one) => one.observation),
    undecidable: matched.undecidable,
    undecidedKeys: matched.undecidedKeys,
    vexUses: matched.vexUses,
    advisoryStates: advisoryStatesOf(inventory, index, facts.now),
    advisoryRevision: index.revision(),
    outcome: inventory.outcome,
    diagnostics: [...inventory.diagnostics, ...endOfSupport(inventory, facts.now), ...matched.diagnostics, ...rejected],
  };
}

function endOfSupport({ distro }: Inventory, now: Date): readonly Diagnostic[] {
  const message = distro === null ? null : supportWarning(distro, now);
  return message === null ? [] : [{ level: 'warning', path: null, message }];
}

interface Rated {
  readonly observation: ScoredObservation;
  readonly diagnostics: readonly Diagnostic[];
}

function rate(matched: MatchedVulnerability, signals: VulnerabilitySignals, facts: AssessmentFacts): Rated {
  const { epss, kev } = signals;
  const exploit = exploitOf(matched, signals.exploits ?? []);
  const rating = ratingOf({
    statements: statementsOf(matched, signals.severities),
    vendors: vendorsOf(matched),
    knownExploited: kev !== null,
  });
  const vulnerability = { ...vulnerabilityOf(matched, rating), epss, kev, ...(exploit === null ? {} : { exploit }) };
  const known = facts.facts ?? NO_FACTS;
  const { reach, path, criticality, blast, controls } = known;
  return {
    observation: {
      key: matched.key,
      type: matched.type,
      title: matched.title,
      vulnerability,
      packages: matched.packages,
      rating: { cvss: rating.cvss.slice(0, 1), word: rating.word },
      score: scoreOf(
        {
          rating,
          epss,
          kev,
          environment: facts.environment,
          exploit,
          reach,
          path,
          component: componentReach(known, matched.packages),
          criticality,
          blast,
          cwes: vulnerability.cwes,
          controls: controlsFor(controls, matched.id, facts.now),
        },
        facts.terms ?? DEFAULT_SCORING_TERMS,
      ),
    },
    diagnostics: rating.rejected.map((message) => ({
      level: 'info',
      path: null,
      message: `${matched.id}: ${message}`,
    })),
  };
}

/**
 * Statements in order of trust: of the records about this flaw alone, then those that other records of the same CVE
 * publish, then those of notices that bundle several flaws, whose rating may belong to a sibling.
 */
function statementsOf(
  { records }: MatchedVulnerability,
  borrowed: readonly SeverityStatement[],
): readonly SeverityStatement[] {
  const single = records.filter((record) => record.upstream.length < 2);
  const bundles = records.filter((record) => record.upstream.length >= 2);
  return [
    ...single.flatMap((record) => record.severities),
    ...borrowed,
    ...bundles.flatMap((record) => record.severities),
  ];
}

/** The most mature published exploit. What a notice of several flaws points to may belong to a sibling. */
function exploitOf({ records }: MatchedVulnerability, borrowed: readonly ExploitReference[]): ExploitReference | null {
  const own = records.filter((record) => record.upstream.length < 2).flatMap((record) => record.exploits ?? []);
  return [...own, ...borrowed].sort(byMaturity)[0] ?? null;
}

/** Distributions name themselves by the id of their ecosystem when they publish a word. */
function vendorsOf({ packages }: MatchedVulnerability): readonly string[] {
  const found = [...new Set(packages.map((pkg) => pkg.ecosystem))].map((id) => ecosystems[id as EcosystemId]);
  return found.flatMap((ecosystem) =>
    ecosystem?.family === 'os' ? [ecosystem.id, ...(ecosystem.ratedBy === undefined ? [] : [ecosystem.ratedBy])] : [],
  );
}

function vulnerabilityOf(
  matched: MatchedVulnerability,
  rating: Rating,
): Omit<ScoredObservation['vulnerability'], 'epss' | 'kev' | 'exploit'> {
  const { records } = matched;
  const published = records.flatMap((record) => record.published ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {
    id: matched.id,
    aliases: matched.aliases,
    title: records.find((record) => record.summary !== '')?.summary ?? matched.title,
    description: records.find((record) => record.details !== '')?.details ?? records[0]?.summary ?? '',
    severity: rating.severity,
    severitySource: rating.source,
    cvss: rating.cvss,
    cwes: [...new Set(records.flatMap((record) => record.cwes))].sort(),
    references: [...new Set(records.flatMap((record) => record.references))].slice(0, REFERENCES_MAX),
    publishedAt: published[0] ?? null,
  };
}
