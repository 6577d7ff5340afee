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

/** What the records say about one subject, whoever has it installed. */
type Decision = Omit<Match, 'subject'> | (Omit<Undecided, 'subject'> & { readonly outcome: null });

/** Packages that are looked up and decided alike. Kept per index, so that a second host costs next to nothing. */
interface Question {
  readonly keys: readonly PackageKey[];
  decisions: readonly Decision[] | null;
}

/** Distinct packages of a large estate; beyond that the memory starts over. */
const QUESTIONS_MAX = 500_000;

interface Memory {
  /** By everything of a package and its distribution that decides about its keys and version. */
  readonly byPackage: Map<string, Question | null>;
  /** By ecosystem, version and keys. */
  readonly byIdentity: Map<string, Question>;
  /** By the very list of packages, which the hosts of one image share. */
  readonly byList: WeakMap<readonly Package[], { readonly distro: string; readonly matches: Matches }>;
}

const memories = new WeakMap<AdvisoryIndex, Memory>();

/** Looks up all packages of an inventory in one query and decides each distinct one once in the life of the index. */
export function matchPackages(inventory: Inventory, index: AdvisoryIndex): Matches {
  const memory = memoryOf(index);
  const distro = JSON.stringify(inventory.distro);
  const known = memory.byList.get(inventory.packages);
  if (known?.distro === distro) return known.matches;
  const matches = matchAnew(inventory, index, memory);
  memory.byList.set(inventory.packages, { distro, matches });
  return matches;
}

function matchAnew(inventory: Inventory, index: AdvisoryIndex, memory: Memory): Matches {
  const subjects = subjectsOf(inventory, memory);
  const open = [...subjects].filter(([question]) => question.decisions === null);
  const found = index.find(new Set(open.flatMap(([question]) => question.keys)));
  for (const [question, { packages }] of open) {
    const [pkg] = packages;
    question.decisions = pkg === undefined ? [] : decide(pkg, question.keys, found, index);
  }
  const matches: Match[] = [];
  const undecided: Undecided[] = [];
  for (const [question, subject] of subjects) {
    for (const decision of question.decisions ?? []) {
      if (decision.outcome === null) {
        const { vulnerability, record, reason } = decision;
        undecided.push({ vulnerability, subject, record, reason });
      } else {
        const { vulnerability, record, affected, outcome } = decision;
        matches.push({ vulnerability, subject, record, affected, outcome });
      }
    }
  }
  return { matches, undecided };
}

function memoryOf(index: AdvisoryIndex): Memory {
  let memory = memories.get(index);
  if (memory === undefined || memory.byPackage.size > QUESTIONS_MAX) {
    memory = { byPackage: new Map(), byIdentity: new Map(), byList: new WeakMap() };
    memories.set(index, memory);
  }
  return memory;
}

function decide(
  pkg: Package,
  keys: readonly PackageKey[],
  found: ReadonlyMap<PackageKey, readonly AdvisoryEntry[]>,
  index: AdvisoryIndex,
): readonly Decision[] {
  const matcher = MATCHERS.find((candidate) => candidate.accepts(pkg));
  const decisions: Decision[] = [];
  const settled = new Set<string>();
  for (const key of keys) {
    const here = new Set<string>();
    for (const entry of found.get(key) ?? []) {
      const { record, affected } = entry;
      const outcome = record.withdrawn === null ? matcher?.match(pkg, key, entry) : undefined;
      if (outcome === undefined || (outcome.kind === 'unaffected' && keys.length === 1)) {
        continue;
      }
      for (const vulnerability of vulnerabilityIds(record, index.named)) {
        if (settled.has(vulnerability)) {
          continue;
        }
        if (outcome.kind !== 'undecidable') {
          here.add(vulnerability);
        }
        if (outcome.kind === 'unaffected') {
          continue;
        }
        decisions.push(
          outcome.kind === 'affected'
            ? { vulnerability, record, affected, outcome }
            : { vulnerability, record, outcome: null, reason: outcome.reason },
        );
      }
    }
    for (const vulnerability of here) {
      settled.add(vulnerability);
    }
  }
  return decisions;
}

/** Groups packages by what decides a match. Those without any key have nobody who publishes advisories for them. */
function subjectsOf({ packages, distro }: Inventory, memory: Memory): ReadonlyMap<Question, Subject> {
  const place = distro === null ? '' : `${distro.id} ${distro.versionId} ${distro.prettyName}`;
  const subjects = new Map<Question, { keys: readonly PackageKey[]; packages: Package[] }>();
  for (const pkg of packages) {
    const question = questionOf(pkg, distro, place, memory);
    if (question === null) {
      continue;
    }
    const subject = subjects.get(question);
    if (subject === undefined) {
      subjects.set(question, { keys: question.keys, packages: [pkg] });
    } else {
      subject.packages.push(pkg);
    }
  }
  return subjects;
}

function questionOf(pkg: Package, distro: Distro | null, place: string, memory: Memory): Question | null {
  const { ecosystem: id, name, version, sourceName, sourceVersion } = pkg;
  // Streams of modules stand in package URLs alone, and each stream has advisories of its own.
  const stream = pkg.purl.includes('rpmmod=') ? pkg.purl : '';
  const text = `${id}\n${name}\n${version}\n${sourceName ?? ''}\n${sourceVersion ?? ''}\n${stream}\n${place}`;
  const known = memory.byPackage.get(text);
  if (known !== undefined) {
    return known;
  }
  const ecosystem = ecosystems[id];
  const keys = ecosystem.advisoryKeys(pkg, distro);
  let question: Question | null = null;
  if (keys.length > 0) {
    const identity = JSON.stringify([id, ecosystem.advisoryVersion(pkg), keys]);
    question = memory.byIdentity.get(identity) ?? { keys, decisions: null };
    memory.byIdentity.set(identity, question);
  }
  memory.byPackage.set(text, question);
  return question;
}
