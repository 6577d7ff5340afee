import { asArray, asObject, asText } from '../model/raw.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../model/resource.ts';
import { GLOB_LENGTH_MAX, type Glob, toGlob } from './glob.ts';

/** What a rule looks at. All that is given has to fit; lists fit with one of their members. Texts are globs. */
export interface RoutingCondition {
  readonly tags?: Readonly<Record<string, string>>;
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly regions?: readonly string[];
  readonly kinds?: readonly ResourceKind[];
  readonly resources?: readonly string[];
  readonly paths?: readonly string[];
}

/** Who gets it: a name, or whom the tag of that key names. A resource without the tag is left to later rules. */
export type RoutingTarget = { readonly name: string } | { readonly fromTag: string };

export interface RoutingRule {
  readonly id: string;
  readonly name: string;
  readonly when: RoutingCondition;
  readonly owner?: RoutingTarget;
  readonly team?: RoutingTarget;
}

/** What is to be routed. */
export interface Routable {
  readonly tags: Readonly<Record<string, string>>;
  readonly accountId: string;
  /** Path of the organisational unit, `prod/edge`. */
  readonly organizationalUnit: string;
  readonly region: string;
  readonly kind: ResourceKind;
  readonly resourceName: string;
  /** Where its packages lie; a rule fits with one of them. */
  readonly paths: readonly string[];
}

/** A person or a team, and the rule that chose them. */
export interface Decision {
  readonly value: string;
  readonly rule: { readonly id: string; readonly name: string; readonly place: number };
  /** Why, in one sentence. */
  readonly why: string;
}

export interface Routing {
  readonly owner: Decision | null;
  readonly team: Decision | null;
}

export type Router = (thing: Routable) => Routing;

/**
 * Makes a router of rules. They are asked in their order, and the first that fits and names an owner decides the owner; the
 * team is decided in the same way and on its own. Globs are made once, since one router serves many findings.
 */
export function createRouter(rules: readonly RoutingRule[]): Router {
  const prepared = rules.map((rule, at) => ({ rule, place: at + 1, fits: conditionOf(rule.when) }));
  return (thing) => {
    let owner: Decision | null = null;
    let team: Decision | null = null;
    for (const { rule, place, fits } of prepared) {
      const isOpen = (owner === null && rule.owner !== undefined) || (team === null && rule.team !== undefined);
      if (isOpen && fits(thing)) {
        owner ??= decisionOf(rule, place, rule.owner, thing);
        team ??= decisionOf(rule, place, rule.team, thing);
      }
      if (owner !== null && team !== null) {
        break;
      }
    }
    return { owner, team };
  };
}

function decisionOf(
  { id, name }: RoutingRule,
  place: number,
  target: RoutingTarget | undefined,
  { tags }: Routable,
): Decision | null {
  if (target === undefined) {
    return null;
  }
  const rule = { id, name, place };
  if ('name' in target) {
    return { value: target.name, rule, why: `Rule ${place}, "${name}"` };
  }
  const value = Object.hasOwn(tags, target.fromTag) ? (tags[target.fromTag]?.trim() ?? '') : '';
  return value === '' ? null : { value, rule, why: `Rule ${place}, "${name}", from the tag ${target.fromTag}` };
}

function conditionOf(when: RoutingCondition): (thing: Routable) => boolean {
  const tags = Object.entries(when.tags ?? {}).map(([key, pattern]) => ({ key, glob: toGlob(pattern) }));
  const accounts = anyOf(when.accounts);
  const units = anyOf(when.organizationalUnits);
  const regions = anyOf(when.regions);
  const resources = anyOf(when.resources);
  const paths = anyOf(when.paths);
  const kinds = when.kinds === undefined ? null : new Set(when.kinds);
  return (thing) =>
    (kinds === null || kinds.has(thing.kind)) &&
    (accounts === null || accounts(thing.accountId)) &&
    (regions === null || regions(thing.region)) &&
    (units === null || units(thing.organizationalUnit)) &&
    (resources === null || resources(thing.resourceName)) &&
    tags.every(({ key, glob }) => Object.hasOwn(thing.tags, key) && glob(thing.tags[key] ?? '')) &&
    (paths === null || thing.paths.some(paths));
}

function anyOf(patterns: readonly string[] | undefined): Glob | null {
  if (patterns === undefined) {
    return null;
  }
  const globs = patterns.map(toGlob);
  return (text) => globs.some((glob) => glob(text));
}

const RULES_MAX = 500;
const PATTERNS_MAX = 50;
const NAME_LENGTH_MAX = 200;
const LISTS = ['accounts', 'organizationalUnits', 'regions', 'resources', 'paths'] as const;
const CONDITIONS: ReadonlySet<string> = new Set([...LISTS, 'kinds', 'tags']);

/** Stored rules, or one sentence for each fault, with the place of the rule that has it. */
export function toRoutingRules(raw: unknown): readonly RoutingRule[] | { readonly faults: readonly string[] } {
  if (!Array.isArray(raw)) {
    return { faults: ['The rules are no list.'] };
  }
  if (raw.length > RULES_MAX) {
    return { faults: [`There are ${raw.length} rules; ${RULES_MAX} are the most.`] };
  }
  const faults: string[] = [];
  const ids = new Set<string>();
  const rules = raw.map((one: unknown, at): RoutingRule => {
    const fault = (sentence: string): void => {
      faults.push(`Rule ${at + 1}: ${sentence}`);
    };
    const rule = asObject(one);
    const id = asText(rule?.id) ?? '';
    const name = asText(rule?.name) ?? '';
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(id) || ids.has(id)) {
      fault('it needs an id of its own, of letters, digits and dashes.');
    }
    ids.add(id);
    if (name === '' || name.length > NAME_LENGTH_MAX) {
      fault(`it needs a name of 1 to ${NAME_LENGTH_MAX} characters.`);
    }
    const owner = targetOf(rule?.owner, 'owner', fault);
    const team = targetOf(rule?.team, 'team', fault);
    if (rule?.owner == null && rule?.team == null) {
      fault('it names neither an owner nor a team.');
    }
    const when = toCondition(rule?.when, fault);
    return { id, name, when, ...(owner === null ? {} : { owner }), ...(team === null ? {} : { team }) };
  });
  return faults.length === 0 ? rules : { faults };
}

type Fault = (sentence: string) => void;

function targetOf(raw: unknown, field: string, fault: Fault): RoutingTarget | null {
  if (raw === undefined || raw === null) {
    return null;
  }
  const target = asObject(raw);
  const name = asText(target?.name);
  const fromTag = asText(target?.fromTag);
  const text = name ?? fromTag ?? '';
  if (text === '' || text.length > NAME_LENGTH_MAX || (name !== null && fromTag !== null)) {
    fault(`its ${field} has to be a name or a tag to take it from.`);
    return null;
  }
  return name === null ? { fromTag: text } : { name: text };
}

function toCondition(raw: unknown, fault: Fault): RoutingCondition {
  const when = asObject(raw);
  if (when === null || Object.keys(when).length === 0) {
    fault('it fits everything; say when it counts, with {"accounts": ["*"]} for everything.');
    return {};
  }
  for (const name of Object.keys(when)
    .filter((key) => !CONDITIONS.has(key))
    .slice(0, PATTERNS_MAX)) {
    fault(`there is nothing called "${name.slice(0, 40)}" to look at.`);
  }
  const lists = LISTS.flatMap((list) => {
    const patterns = when[list] === undefined ? null : patternsOf(when[list], list, fault);
    return patterns === null ? [] : [[list, patterns] as const];
  });
  const kinds = when.kinds === undefined ? null : kindsOf(when.kinds, fault);
  const tags = when.tags === undefined ? null : tagsOf(when.tags, fault);
  return { ...Object.fromEntries(lists), ...(kinds === null ? {} : { kinds }), ...(tags === null ? {} : { tags }) };
}

function patternsOf(raw: unknown, list: string, fault: Fault): readonly string[] {
  const patterns = asArray(raw);
  const right = patterns.filter((one) => typeof one === 'string' && one !== '' && one.length <= GLOB_LENGTH_MAX);
  if (right.length === 0 || right.length !== patterns.length || patterns.length > PATTERNS_MAX) {
    fault(`${list} has to be a list of 1 to ${PATTERNS_MAX} patterns of up to ${GLOB_LENGTH_MAX} characters.`);
  }
  return right as readonly string[];
}

function kindsOf(raw: unknown, fault: Fault): readonly ResourceKind[] {
  const given = asArray(raw);
  const kinds = RESOURCE_KINDS.filter((kind) => given.includes(kind));
  if (kinds.length === 0 || kinds.length !== given.length) {
    fault(`kinds has to be a list of ${RESOURCE_KINDS.join(', ')}.`);
  }
  return kinds;
}

function tagsOf(raw: unknown, fault: Fault): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(raw) ?? {});
  const right = entries.flatMap(([key, value]) =>
    key !== '' && key.length <= 128 && typeof value === 'string' && value.length <= GLOB_LENGTH_MAX
      ? [[key, value] as const]
      : [],
  );
  if (right.length === 0 || right.length !== entries.length || entries.length > PATTERNS_MAX) {
    fault(`tags has to name 1 to ${PATTERNS_MAX} keys, each with a pattern of up to ${GLOB_LENGTH_MAX} characters.`);
  }
  return Object.fromEntries(right);
}
