import type { FindingFacts, PackageFacts, ResourceFacts } from '../../model/finding-facts.ts';
import type { DateField, NumberField, PackagePartName, TextField, WordField } from '../../model/finding-query.ts';
import { DUE_SOON_MS } from '../due-soon.ts';

type Texts = readonly (string | null | undefined)[];

/** The words of each closed list that hold for a finding. */
export const WORDS_OF = {
  is: statesOf,
  status: ({ status }) => [status.toLowerCase()],
  severity: ({ severity }) => [severity.toLowerCase()],
  type: ({ type }) => [TYPE_WORDS[type]],
  fix: ({ fixAvailable }) => [fixAvailable],
  exploit: ({ exploit }) => [exploit],
  reach: ({ reach }) => [reach ?? 'unknown'],
  kind: ({ resource }) => [resource.kind],
  sla: (facts, now) => [slaOf(facts, now)],
  source: ({ sources }) => sources.map((source) => (source === 'harrier' ? 'harrier' : 'securityhub')),
} as const satisfies Record<WordField, (facts: FindingFacts, now: Date) => readonly string[]>;

const TYPE_WORDS = {
  PACKAGE_VULNERABILITY: 'package',
  NETWORK_REACHABILITY: 'network',
  CODE_VULNERABILITY: 'code',
  CIS: 'cis',
} as const satisfies Record<FindingFacts['type'], string>;

function statesOf(facts: FindingFacts, now: Date): readonly string[] {
  const { status, teamStatus, owner, team, snoozedUntil } = facts;
  const isOpen = status === 'ACTIVE';
  const states: string[] = ['any'];
  if (isOpen) {
    states.push('open');
  }
  if (status === 'CLOSED') {
    states.push('fixed');
  }
  if (status === 'SUPPRESSED') {
    states.push('suppressed');
  }
  if (teamStatus !== 'open' && status !== 'CLOSED') {
    states.push(teamStatus);
  }
  if (isOpen && slaOf(facts, now) === 'over') {
    states.push('overdue');
  }
  if (owner !== null || team !== null) {
    states.push('assigned');
  }
  if (snoozedUntil !== null && snoozedUntil > now) {
    states.push('snoozed');
  }
  return states;
}

function slaOf({ status, dueAt, pausedSince }: FindingFacts, now: Date): string {
  if (status === 'CLOSED' || dueAt === null) {
    return 'none';
  }
  if (pausedSince !== null) {
    return 'paused';
  }
  const left = dueAt.getTime() - now.getTime();
  if (left < 0) {
    return 'over';
  }
  return left <= DUE_SOON_MS ? 'soon' : 'on-time';
}

/** The texts of a finding that a field asks for; the empty ones count as absent. */
export const TEXTS_OF = {
  cve: ({ vulnerability }) => [vulnerability?.id, ...(vulnerability?.related ?? [])],
  cwe: ({ vulnerability }) => vulnerability?.cwes ?? [],
  version: ({ packages }) => packages.map((one) => one.version),
  title: ({ title }) => [title],
  finding: ({ arn }) => [arn],
  related: ({ vulnerability }) => vulnerability?.related ?? [],
  'vuln-source': ({ vulnerability }) => [vulnerability?.source],
  'vendor-severity': ({ vulnerability }) => [vulnerability?.vendorSeverity],
  resource: ({ resource }) => resourceNames(resource),
  image: ({ resource }) => imageNames(resource),
  account: ({ account }) => [account.id, account.name],
  ou: ({ account }) => withParents(account.organizationalUnit),
  region: ({ region }) => [region],
  env: ({ environment }) => [environment],
  owner: ({ owner }) => [owner],
  team: ({ team }) => [team],
  control: ({ control }) => [control],
  ami: ({ resource }) => [resource.ami],
  vpc: ({ resource }) => [resource.vpc],
  subnet: ({ resource }) => resource.subnets,
  arch: ({ resource }) => [resource.image?.architecture],
  registry: ({ resource }) => [resource.image?.registry],
  repo: ({ resource }) => [resource.image?.repository],
  'image-tag': ({ resource }) => resource.image?.tags ?? [],
  digest: ({ resource }) => [resource.image?.digest],
  protocol: ({ network }) => [network?.protocol],
  component: ({ network }) => network?.components.map((one) => one.id) ?? [],
  'component-type': ({ network }) => network?.components.map((one) => one.type) ?? [],
  function: ({ resource }) => [resource.function?.name],
  layer: ({ resource }) => resource.function?.layers ?? [],
  runtime: ({ resource }) => [resource.function?.runtime],
  role: ({ resource }) => [resource.function?.role],
  detector: ({ code }) => [code?.detector],
  'detector-tag': ({ code }) => code?.detectorTags ?? [],
  file: ({ code }) => [code?.file],
  project: ({ code }) => [code?.project],
  provider: ({ code }) => [code?.provider],
} as const satisfies Record<TextField, (facts: FindingFacts) => Texts>;

/** Its id, the last part of an ARN (Amazon Inspector names an instance by `i-…` alone) and its name. */
function resourceNames({ id, name }: ResourceFacts): Texts {
  return id.startsWith('arn:') ? [id, lastPart(id, '/'), name] : [id, name];
}

/** `docker.io/library/nginx:1.25 (linux/arm64)` is also that without the platform, without the tag, and `nginx` with and without it. */
function imageNames({ kind, name, image }: ResourceFacts): Texts {
  if (kind !== 'ecr' && kind !== 'image') {
    return [];
  }
  const whole = firstPart(name, ' ');
  const last = lastPart(whole, '/');
  const bare = firstPart(firstPart(last, '@'), ':');
  return [name, whole, whole.slice(0, whole.length - last.length) + bare, last, bare, image?.digest];
}

function firstPart(text: string, sign: string): string {
  return text.split(sign, 1)[0] ?? '';
}

function lastPart(text: string, sign: string): string {
  return text.slice(text.lastIndexOf(sign) + 1);
}

/** `prod/edge` lies below `prod`. */
function withParents(path: string): Texts {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

export const NUMBER_OF = {
  score: ({ score }) => score,
  'inspector-score': ({ inspectorScore }) => inspectorScore,
  epss: ({ vulnerability }) => vulnerability?.epss ?? null,
  'in-use-count': ({ resource }) => resource.image?.inUseCount ?? null,
} as const satisfies Record<Exclude<NumberField, 'port'>, (facts: FindingFacts) => number | null>;

export const DATE_OF = {
  first: ({ firstSeenAt }) => firstSeenAt,
  last: ({ lastSeenAt }) => lastSeenAt,
  updated: ({ updatedAt }) => updatedAt,
  due: ({ dueAt }) => dueAt,
  pushed: ({ resource }) => resource.image?.pushedAt ?? null,
  'in-use': ({ resource }) => resource.image?.lastInUseAt ?? null,
  modified: ({ resource }) => resource.function?.modifiedAt ?? null,
} as const satisfies Record<DateField, (facts: FindingFacts) => Date | null>;

export const PACKAGE_TEXT_OF = {
  name: (one) => one.name,
  version: (one) => one.version,
  release: (one) => one.release,
  arch: (one) => one.architecture,
  layer: (one) => one.layer,
  'lambda-layer': (one) => one.lambdaLayer,
  path: (one) => one.path,
} as const satisfies Record<PackagePartName, (one: PackageFacts) => string | null>;

/** What bare words search. */
export function searchedTexts({ vulnerability, title, packages, resource }: FindingFacts): readonly string[] {
  const named =
    vulnerability === null ? [title] : [`${vulnerability.id} ${vulnerability.title}`, ...vulnerability.related];
  return [...named, ...packages.map((one) => one.name), `${resource.name} ${resource.id}`];
}
