import { asArray, asObject, asText } from './raw.ts';

/**
 * The widest way to a resource over the network, widest first. `internet-restricted`: only some addresses of the internet;
 * `peer`: a peered network, a transit gateway or a VPN; `vpc`: only its own network; `isolated`: no way at all.
 */
export const REACHES = ['internet', 'load-balancer', 'internet-restricted', 'peer', 'vpc', 'isolated'] as const;
export type Reach = (typeof REACHES)[number];

export const CRITICALITIES = ['critical', 'high', 'normal', 'low'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** What whoever takes the resource over gets besides it. */
export interface BlastFacts {
  /** Its role may do everything in the account. */
  readonly administrator?: boolean;
  /** Its role reads many data stores. */
  readonly readsData?: boolean;
  /** Its metadata service answers requests without a session (IMDSv1), so a forged request brings the role's keys. */
  readonly openMetadata?: boolean;
}

/**
 * `virtual-patch`: a rule before the resource stops this very flaw; `runtime-protection`: an agent stops what exploits do;
 * `least-privilege`: what is taken over may do next to nothing.
 */
export const CONTROL_KINDS = ['virtual-patch', 'runtime-protection', 'least-privilege'] as const;
export type ControlKind = (typeof CONTROL_KINDS)[number];

/** A control that somebody recorded, or that was read from a configuration. */
export interface RecordedControl {
  readonly kind: ControlKind;
  /** What it is: `WAF log4j rule on the load balancer`. */
  readonly name: string;
  /** The only vulnerability that it helps against; null where it helps against all. */
  readonly vulnerability: string | null;
  /** The last day on which it counts, `YYYY-MM-DD`; null without an end. */
  readonly until: string | null;
}

/** Ports of a resource that are open to somebody outside of its network, and the widest way to them. */
export interface OpenRange {
  readonly protocol: 'tcp' | 'udp';
  /** First and last port. */
  readonly begin: number;
  readonly end: number;
  readonly reach: Reach;
}

/** More ranges than these tell nobody which port matters, so they count as not known. */
export const OPEN_RANGES_MAX = 64;

/** What a score and a due date need to know of a resource besides its environment. Everything may be unknown. */
export interface ResourceFacts {
  readonly reach: Reach | null;
  /** The way in words, `Internet, 8080/tcp`; null where only its kind is known. */
  readonly path: string | null;
  /** All ports that are open from outside of its network; null where another could be. */
  readonly ports: readonly OpenRange[] | null;
  readonly criticality: Criticality | null;
  readonly blast: BlastFacts;
  readonly controls: readonly RecordedControl[];
}

export const NO_FACTS: ResourceFacts = {
  reach: null,
  path: null,
  ports: null,
  criticality: null,
  blast: {},
  controls: [],
};

const NAME_LENGTH_MAX = 200;
const CONTROLS_MAX = 50;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Reads facts that were stored as JSON. What is not understood is unknown, which is never the best case. */
export function toResourceFacts(raw: unknown): ResourceFacts {
  const facts = asObject(raw);
  const blast = asObject(facts?.blast);
  return {
    reach: REACHES.find((one) => one === facts?.reach) ?? null,
    path: asText(facts?.path)?.slice(0, NAME_LENGTH_MAX) ?? null,
    ports: toOpenRanges(facts?.ports),
    criticality: CRITICALITIES.find((one) => one === facts?.criticality) ?? null,
    blast: {
      ...(blast?.administrator === true ? { administrator: true } : {}),
      ...(blast?.readsData === true ? { readsData: true } : {}),
      ...(blast?.openMetadata === true ? { openMetadata: true } : {}),
    },
    controls: asArray(facts?.controls).slice(0, CONTROLS_MAX).flatMap(toControl),
  };
}

/** A range with a fault in it could be any port, so that with one of them nothing is known of the ports. */
function toOpenRanges(raw: unknown): readonly OpenRange[] | null {
  if (!Array.isArray(raw) || raw.length > OPEN_RANGES_MAX) return null;
  const ranges = raw.map(toOpenRange);
  return ranges.every((range) => range !== null) ? ranges : null;
}

function toOpenRange(raw: unknown): OpenRange | null {
  const range = asObject(raw);
  const protocol = range?.protocol;
  const reach = REACHES.find((one) => one === range?.reach);
  const { begin, end } = { begin: range?.begin, end: range?.end };
  if (protocol !== 'tcp' && protocol !== 'udp') return null;
  return reach !== undefined && isPort(begin) && isPort(end) && begin <= end ? { protocol, begin, end, reach } : null;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

/** A control with a fault in it would lower a score for nothing, so it is left out whole. */
function toControl(raw: unknown): readonly RecordedControl[] {
  const control = asObject(raw);
  const kind = CONTROL_KINDS.find((one) => one === control?.kind);
  const name = asText(control?.name);
  const vulnerability = control?.vulnerability ?? null;
  const until = control?.until ?? null;
  const isEnd = until === null || (typeof until === 'string' && DAY.test(until));
  const isTarget = vulnerability === null || typeof vulnerability === 'string';
  return kind === undefined || name === null || name === '' || !isEnd || !isTarget
    ? []
    : [{ kind, name: name.slice(0, NAME_LENGTH_MAX), vulnerability, until }];
}

/** The controls that count for a vulnerability on a day. */
export function controlsFor(
  controls: readonly RecordedControl[],
  vulnerability: string,
  now: Date,
): readonly RecordedControl[] {
  const today = now.toISOString().slice(0, 10);
  return controls.filter(
    (one) =>
      (one.vulnerability === null || one.vulnerability === vulnerability) && (one.until === null || one.until >= today),
  );
}

/** The three groups in which lists show and filter reach. */
export const REACH_GROUPS = ['internet', 'peer', 'isolated'] as const;
export type ReachGroup = (typeof REACH_GROUPS)[number];

const GROUPS: Readonly<Record<Reach, ReachGroup>> = {
  internet: 'internet',
  'load-balancer': 'internet',
  'internet-restricted': 'internet',
  peer: 'peer',
  vpc: 'peer',
  isolated: 'isolated',
};

/** The group of a reach; null stays null, since unknown is none of them. */
export function reachGroupOf(reach: Reach | null): ReachGroup | null {
  return reach === null ? null : GROUPS[reach];
}

/** Words of a criticality tag that people use, lower case. */
const CRITICALITY_WORDS: ReadonlyMap<string, Criticality> = new Map([
  ['critical', 'critical'],
  ['very high', 'critical'],
  ['mission-critical', 'critical'],
  ['tier-0', 'critical'],
  ['tier0', 'critical'],
  ['high', 'high'],
  ['tier-1', 'high'],
  ['tier1', 'high'],
  ['normal', 'normal'],
  ['medium', 'normal'],
  ['moderate', 'normal'],
  ['tier-2', 'normal'],
  ['tier2', 'normal'],
  ['low', 'low'],
  ['tier-3', 'low'],
  ['tier3', 'low'],
]);

/** Tags that say how much an asset matters, lower case, the one that counts first. */
const CRITICALITY_TAGS = ['criticality', 'business-criticality'];

/** How much an asset matters by its tags; null where none says so in a word with a rule. */
export function criticalityOfTags(tags: Readonly<Record<string, string>>): Criticality | null {
  const lower = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  const found = CRITICALITY_TAGS.map((tag) => criticalityOfTag(lower.get(tag)));
  return found.find((one) => one !== null) ?? null;
}

/** How much an asset matters, from the value of its tag; null for a value without a rule. */
export function criticalityOfTag(value: string | null | undefined): Criticality | null {
  return CRITICALITY_WORDS.get(value?.trim().toLowerCase() ?? '') ?? null;
}
