import { isNameOf, isPlainVersion, upgradesOf } from '../ecosystems/upgrade-way.ts';
import type { VulnerablePackage } from '../model/finding.ts';
import type { Guidance, GuidanceStep, GuidanceWay, OpenFix, VersionJump } from '../model/guidance.ts';
import type { NetworkEvidence } from '../model/network.ts';
import { revokeCommand } from '../model/revoke-rule.ts';
import { wordList } from '../model/word-list.ts';
import { isMachine, type Place, placedWay, stepsAfter } from './guidance-place.ts';
import { restartOf } from './guidance-restart.ts';
import { type Target, targetOf } from './guidance-target.ts';

/** What guidance is made from: a finding, where it is, and what is open of its packages there. */
export interface GuidanceSubject extends Place {
  readonly packages: readonly VulnerablePackage[];
  readonly openFixes: readonly OpenFix[];
  /** Addresses that the vulnerability names. */
  readonly references: readonly string[];
  /** The path of a finding of network reachability; null for others. */
  readonly network: Pick<NetworkEvidence, 'revokes'> | null;
}

const WAYS_MAX = 12;
const NAMES_SHOWN = 3;
const REFERENCES_MAX = 5;
const TELLING = /\/(?:commit|pull|releases?|security|advisor(?:y|ies)|errata|patch)\b/i;
const JUMPS: Readonly<Record<VersionJump, string>> = {
  revision: 'A newer build of the same release',
  patch: 'A patch release',
  minor: 'A minor release',
  major: 'A major release',
};

/** How a finding is ended: the commands and changes for what it was found in, and what helps where there is no fix. */
export function guidanceOf(subject: GuidanceSubject): Guidance {
  const { packages, openFixes, kind, network } = subject;
  const targets = packages.flatMap((pkg) => targetOf(pkg, openFixes) ?? []);
  const raised = targets.map(({ pkg }) => pkg);
  const steps = groupsOf(targets).map((group) => upgradeStep(group, subject));
  const unfixed = [...new Set(packages.flatMap(({ name, fixedVersion }) => (fixedVersion === null ? name : [])))];
  return {
    steps: [
      ...(network === null ? [] : revokeSteps(network, subject.region)),
      ...steps,
      ...(steps.length === 0 ? [] : stepsAfter(subject, raised)),
    ],
    restart: isMachine(kind) && raised.length > 0 ? restartOf(raised) : null,
    notes: notesOf(targets, subject),
    unfixed,
    workarounds: unfixed.length === 0 ? [] : workaroundsFor(subject),
    references: referencesOf(subject.references),
  };
}

function revokeSteps({ revokes }: Pick<NetworkEvidence, 'revokes'>, region: string): readonly GuidanceStep[] {
  return revokes.map((rule) => ({
    text: `Revoke the rule of ${rule.groupId} that admits ${rule.source}`,
    detail: null,
    jump: null,
    ways: [{ label: null, edit: null, command: revokeCommand(rule, region) }],
  }));
}

/** Packages of a distribution that go to one version move by one line; those of a language by name. */
function groupsOf(targets: readonly Target[]): readonly (readonly [Target, ...Target[]])[] {
  const groups = new Map<string, [Target, ...Target[]]>();
  for (const target of targets) {
    const { pkg, ecosystem, version } = target;
    const isMoved = ecosystem?.family === 'os' && isNameOf(ecosystem, pkg.name);
    const key = JSON.stringify([pkg.ecosystem, version, isMoved ? '' : pkg.name]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [target]);
    else group.push(target);
  }
  return [...groups.values()];
}

function upgradeStep(group: readonly [Target, ...Target[]], { kind }: GuidanceSubject): GuidanceStep {
  const [first] = group;
  const names = [...new Set(group.map(({ pkg }) => pkg.name))];
  const ways = waysOf(group, names, kind);
  return {
    text: `Upgrade ${listOf(names)} to ${first.version} or later`,
    detail: detailOf(first, ways),
    jump: first.jump,
    ways: (ways ?? []).slice(0, WAYS_MAX),
  };
}

/** Null where name or version cannot be one of the ecosystem. */
function waysOf(
  group: readonly [Target, ...Target[]],
  names: readonly string[],
  kind: Place['kind'],
): readonly GuidanceWay[] | null {
  const ways = new Map<string, GuidanceWay>();
  for (const { pkg, ecosystem, version } of group) {
    const isSystem = ecosystem?.family === 'os';
    const found = ecosystem === null ? null : upgradesOf(ecosystem, pkg, version, isSystem ? names : []);
    if (found === null) return null;
    for (const way of found) {
      const placed = placedWay(way, isSystem, kind);
      const same = isSystem ? '' : JSON.stringify(placed);
      if (!ways.has(same)) ways.set(same, placed);
    }
  }
  return [...ways.values()];
}

function detailOf(target: Target, ways: readonly GuidanceWay[] | null): string {
  const { pkg, ecosystem, jump, ends, stays } = target;
  const sentences = [
    `${JUMPS[jump]} after ${pkg.evidence.installed || pkg.version}${jump === 'major' ? ': read its notes first' : ''}.`,
    ...(ends > 1 ? [`It ends all ${ends} open findings of ${pkg.name} here that have a fix.`] : []),
    ...(stays > 0 ? [`${stays === 1 ? '1 more has' : `${stays} more have`} no fix yet.`] : []),
    ...(ways === null ? [refusal(target)] : []),
    ...(ways?.length === 0 ? [byHand(pkg, ecosystem?.family === 'os')] : []),
  ];
  return sentences.join(' ');
}

function refusal({ pkg, ecosystem, version }: Target): string {
  if (ecosystem === null) return `No command is known for packages of ${pkg.ecosystem}.`;
  const what = isPlainVersion(version) ? 'name' : 'version';
  return `No command is shown: this cannot be the ${what} of a package of ${ecosystem.displayName}.`;
}

function byHand({ path }: VulnerablePackage, isSystem: boolean): string {
  return isSystem
    ? 'There is no package manager inside: it comes with a newer base.'
    : `No package manager raises it: put the newer release in place of /${path}.`;
}

function notesOf(targets: readonly Target[], { kind }: Place): readonly string[] {
  const isPro = targets.some(({ version }) => /[+~]esm[0-9]/.test(version));
  const isSystem = targets.some(({ ecosystem }) => ecosystem?.family === 'os');
  return [
    ...(isPro ? ['The fixed build is in the archives of Ubuntu Pro: the machine has to be attached to it first.'] : []),
    ...(kind === 'ec2' && isSystem
      ? ['Instances that start from the same AMI have the old packages until the AMI is built again.']
      : []),
  ];
}

function workaroundsFor({ kind }: Place): readonly string[] {
  return [
    'Remove it where nothing needs it.',
    isMachine(kind)
      ? 'Limit who can reach the machine: close its ports to the internet, or admit fewer addresses.'
      : 'Limit who can reach what runs it, or run it without the part that has the flaw.',
    'Watch it: the first scan that knows of a fixed version shows it here.',
  ];
}

/** Addresses of what was changed or announced come before other reading. */
function referencesOf(addresses: readonly string[]): readonly string[] {
  const safe = [...new Set(addresses)].filter((address) => /^https?:\/\/[!-~]{1,500}$/.test(address));
  const telling = safe.filter((address) => TELLING.test(address));
  return [...new Set([...telling, ...safe])].slice(0, REFERENCES_MAX);
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return wordList(shown);
}
