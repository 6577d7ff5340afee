import { ecosystems } from '../../ecosystems/registry.ts';
import type { AdvisoryRecord, AffectedVersions } from '../../model/advisory.ts';
import type { PackageKey } from '../../model/ids.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Distro, Package } from '../../model/package.ts';
import type { AdvisoryEntry, AdvisoryIndex } from '../../ports/advisory-index.ts';
import { vulnerabilityIds } from './identity.ts';
import type { Matcher, MatchOutcome } from './matcher.ts';
import { distro as distroMatcher } from './matchers/distro.ts';
import { language } from './matchers/language.ts';

const MATCHERS: readonly Matcher[] = [distroMatcher, language];

export type Affected = Extract<MatchOutcome, { kind: 'affected' }>;

/** Packages for which every record gives the same answer: one name and one version, however often installed. */
export interface Subject {
  readonly keys: readonly PackageKey[];
  readonly packages: readonly Package[];
}

/** One record that applies to one subject, by one of the vulnerabilities that it speaks of. */
export interface Match {
  readonly vulnerability: string;
  readonly subject: Subject;
  readonly record: AdvisoryRecord;
  /** What the record says under the key that led to it. */
  readonly affected: readonly AffectedVersions[];
  readonly outcome: Affected;
}

export interface Undecided {
  readonly vulnerability: string;
  readonly subject: Subject;
  readonly record: AdvisoryRecord;
  readonly reason: string;
}

export interface Matches {
  readonly matches: readonly Match[];
  readonly undecided: readonly Undecided[];
}

/** Looks up all packages of an inventory in one query and decides each distinct one once. */
export function matchPackages(inventory: Inventory, index: AdvisoryIndex): Matches {
  const subjects = subjectsOf(inventory.packages, inventory.distro);
  const found = index.find(new Set(subjects.flatMap((subject) => subject.keys)));
  const matches: Match[] = [];
  const undecided: Undecided[] = [];
  for (const subject of subjects) {
    for (const key of subject.keys) {
      for (const entry of found.get(key) ?? []) {
        if (entry.record.withdrawn === null) {
          decide({ subject, key, entry, index }, matches, undecided);
        }
      }
    }
  }
  return { matches, undecided };
}

interface Question {
  readonly subject: Subject;
  readonly key: PackageKey;
  readonly entry: AdvisoryEntry;
  readonly index: AdvisoryIndex;
}

function decide({ subject, key, entry, index }: Question, matches: Match[], undecided: Undecided[]): void {
  const [pkg] = subject.packages;
  const matcher = pkg && MATCHERS.find((candidate) => candidate.accepts(pkg));
  if (pkg === undefined || matcher === undefined) {
    return;
  }
  const outcome = matcher.match(pkg, key, entry);
  if (outcome.kind === 'unaffected') {
    return;
  }
  const { record, affected } = entry;
  for (const vulnerability of vulnerabilityIds(record, index.named)) {
    if (outcome.kind === 'affected') {
      matches.push({ vulnerability, subject, record, affected, outcome });
    } else {
      undecided.push({ vulnerability, subject, record, reason: outcome.reason });
    }
  }
}

/** Groups packages by what decides a match. Those without any key have nobody who publishes advisories for them. */
function subjectsOf(packages: readonly Package[], distro: Distro | null): readonly Subject[] {
  const subjects = new Map<string, { keys: readonly PackageKey[]; packages: Package[] }>();
  for (const pkg of packages) {
    const ecosystem = ecosystems[pkg.ecosystem];
    const keys = ecosystem.advisoryKeys(pkg, distro);
    const identity = JSON.stringify([pkg.ecosystem, ecosystem.advisoryVersion(pkg), keys]);
    const subject = subjects.get(identity);
    if (keys.length > 0 && subject === undefined) {
      subjects.set(identity, { keys, packages: [pkg] });
    } else {
      subject?.packages.push(pkg);
    }
  }
  return [...subjects.values()];
}
