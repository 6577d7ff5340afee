import type { RoutingCondition, RoutingRule, RoutingTarget } from '@/lib/core/findings/routing.ts';

/** A routing rule as it is typed. Lists stand between commas; `tag:Team` takes a name from that tag. */
export interface RuleDraft {
  readonly id: string;
  readonly name: string;
  /** `Team=pay*, Env=prod`. */
  readonly tags: string;
  readonly accounts: string;
  readonly resources: string;
  readonly paths: string;
  /** Id of a person, or `tag:Owner`. */
  readonly owner: string;
  readonly team: string;
  /** Conditions that have no field here, which stay as they are. */
  readonly kept: RoutingCondition;
}

const FROM_TAG = 'tag:';

export function draftOf({ id, name, when, owner, team }: RoutingRule): RuleDraft {
  const { tags = {}, accounts = [], resources = [], paths = [], ...kept } = when;
  return {
    id,
    name,
    tags: Object.entries(tags)
      .map(([key, pattern]) => `${key}=${pattern}`)
      .join(', '),
    accounts: accounts.join(', '),
    resources: resources.join(', '),
    paths: paths.join(', '),
    owner: textOf(owner),
    team: textOf(team),
    kept,
  };
}

/** The rule of a draft. What is wrong with it is for the operation to say. */
export function ruleOf({ id, name, tags, accounts, resources, paths, owner, team, kept }: RuleDraft): RoutingRule {
  const pairs = listOf(tags).map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? ([pair, '*'] as const) : ([pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const);
  });
  const lists = { accounts: listOf(accounts), resources: listOf(resources), paths: listOf(paths) };
  const given = Object.entries(lists).filter(([, list]) => list.length > 0);
  const [toOwner, toTeam] = [targetOf(owner), targetOf(team)];
  return {
    id,
    name: name.trim(),
    when: { ...kept, ...(pairs.length > 0 ? { tags: Object.fromEntries(pairs) } : {}), ...Object.fromEntries(given) },
    ...(toOwner === null ? {} : { owner: toOwner }),
    ...(toTeam === null ? {} : { team: toTeam }),
  };
}

/** `key=value` pairs and lists between commas. */
export function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function targetOf(text: string): RoutingTarget | null {
  const value = text.trim();
  if (value === '') return null;
  return value.startsWith(FROM_TAG) ? { fromTag: value.slice(FROM_TAG.length).trim() } : { name: value };
}

function textOf(target: RoutingTarget | undefined): string {
  if (target === undefined) return '';
  return 'name' in target ? target.name : `${FROM_TAG}${target.fromTag}`;
}
