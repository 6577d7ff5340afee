import type { AdvisoryRecord } from '../../model/advisory.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { VulnerablePackage } from '../../model/finding.ts';
import type { FindingKey, ResourceId } from '../../model/ids.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { VexUse } from '../../model/vex.ts';
import type { AdvisoryIndex } from '../../ports/advisory-index.ts';
import { applyVex, type Overruled } from './apply-vex.ts';
import { findingKeyOf } from './identity.ts';
import { type Match, matchPackages, type Subject, type Undecided } from './match.ts';
import { NO_VEX, type VexBook } from './vex-book.ts';
import { vulnerablePackages } from './vulnerable-packages.ts';

/** One vulnerability on one resource with all its packages, before anyone has rated it. */
export interface MatchedVulnerability {
  readonly key: FindingKey;
  readonly type: 'PACKAGE_VULNERABILITY';
  /** A CVE where one exists. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** In Amazon Inspector's manner: `CVE-2024-6119 - libssl3t64, openssl`. */
  readonly title: string;
  /** The records that apply, the one with the most to say first. */
  readonly records: readonly AdvisoryRecord[];
  readonly packages: readonly VulnerablePackage[];
}

export interface PackageMatches {
  /** Sorted by vulnerability. */
  readonly observations: readonly MatchedVulnerability[];
  /** Packages for which at least one record could not be decided. */
  readonly undecidable: number;
  /** Findings that those records might prove: nothing may close them. */
  readonly undecidedKeys: readonly FindingKey[];
  /** What suppliers' statements ended, package by package; the first some thousand. */
  readonly vexUses: readonly VexUse[];
  readonly diagnostics: readonly Diagnostic[];
}

const TITLE_LENGTH_MAX = 1024;
const DIAGNOSTICS_MAX = 200;
const VEX_USES_MAX = 5_000;

/** Matches the packages of one resource: one observation for each vulnerability, however many records name it. */
export function matchInventory(
  inventory: Inventory,
  index: AdvisoryIndex,
  resource: ResourceId,
  vex: VexBook = NO_VEX,
): PackageMatches {
  const { matches: found, undecided } = matchPackages(inventory, index);
  const { matches, overruled } = applyVex(found, vex);
  const observations = [...groupBy(matches, (match) => match.vulnerability)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, group]) => toObservation(id, group, resource));
  const seen = new Set(observations.map((observation) => observation.id));
  const open = undecided.filter(({ vulnerability }) => !seen.has(vulnerability));
  const subjects = groupBy(undecided, ({ subject }) => subject);
  return {
    observations,
    undecidable: [...subjects.keys()].reduce((sum, subject) => sum + subject.packages.length, 0),
    undecidedKeys: [...new Set(open.map(({ vulnerability }) => keyOf(resource, vulnerability)))].sort(),
    vexUses: overruled
      .slice(0, VEX_USES_MAX)
      .map(({ vulnerability, pkg, statement }) => ({ vulnerability, purl: pkg.purl, statement })),
    diagnostics: [
      ...[...subjects].slice(0, DIAGNOSTICS_MAX).map(([subject, group]) => toDiagnostic(subject, group)),
      ...overruled.slice(0, DIAGNOSTICS_MAX).map(overruledDiagnostic),
    ],
  };
}

function toObservation(id: string, matches: readonly Match[], resource: ResourceId): MatchedVulnerability {
  const records = [...new Set(matches.map((match) => match.record))].sort(byContent);
  const packages = vulnerablePackages(matches);
  // The CVEs that a notice bundles are flaws of their own, so only its name counts as an alias.
  const names = records.flatMap((record) => [record.id, ...record.aliases]);
  const isOtherFlaw = (name: string): boolean => /^CVE-/.test(id) && /^CVE-/.test(name);
  const aliases = [...new Set(names)].filter((name) => name !== id && !isOtherFlaw(name)).sort();
  return {
    key: keyOf(resource, id),
    type: 'PACKAGE_VULNERABILITY',
    id,
    aliases,
    title: titleOf(id, packages),
    records,
    packages,
  };
}

function keyOf(resource: ResourceId, vulnerability: string): FindingKey {
  return findingKeyOf(resource, 'PACKAGE_VULNERABILITY', vulnerability);
}

function titleOf(id: string, packages: readonly VulnerablePackage[]): string {
  const names = [...new Set(packages.map((pkg) => pkg.name))].sort().join(', ');
  return `${id} - ${names}`.slice(0, TITLE_LENGTH_MAX);
}

/** A text and a rating make a record worth showing; the id settles the rest, so that the order never changes. */
function byContent(a: AdvisoryRecord, b: AdvisoryRecord): number {
  const worth = ({ details, severities }: AdvisoryRecord): number =>
    (details === '' ? 0 : 2) + (severities.length > 0 ? 1 : 0);
  return worth(b) - worth(a) || (a.id < b.id ? -1 : 1);
}

function toDiagnostic(subject: Subject, group: readonly Undecided[]): Diagnostic {
  const [pkg] = subject.packages;
  const [first] = group;
  const records = new Set(group.map(({ record }) => record.id)).size;
  const what = records === 1 ? '1 advisory' : `${records} advisories`;
  const message = `${pkg?.name} ${pkg?.version}: ${what} could not be decided. ${first?.record.id}: ${first?.reason}.`;
  return { level: 'warning', path: pkg?.path ?? null, message };
}

function overruledDiagnostic({ vulnerability, pkg, statement }: Overruled): Diagnostic {
  const { status, justification, author } = statement;
  const word = status === 'fixed' ? 'fixed' : 'not affected';
  const why = justification === null ? '' : ` (${justification.slice(0, 200)})`;
  return {
    level: 'info',
    path: pkg.path,
    message: `${pkg.name} ${pkg.version}: ${author} says of ${vulnerability}: ${word}${why}.`,
  };
}

function groupBy<Key, Item>(items: readonly Item[], keyOfItem: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}
