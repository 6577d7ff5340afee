import { accountGroupOf, type Scope, WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { parseTimeRange } from '@/lib/core/model/time-range.ts';
import type { SearchValues } from './search-params.ts';

const LIST_MAX = 1000;

/** Reads the scope from an address. What cannot be read falls back to "all", which the scope bar then shows. */
export function parseScope(values: SearchValues): Scope {
  return {
    accounts: [...new Set([...parseList(values.acct), ...parseList(values.scope).filter(isSet)])].sort(),
    regions: parseList(values.region),
    environments: parseList(values.env),
    time: parseTimeRange(values.t ?? '') ?? WHOLE_ESTATE.time,
  };
}

/** The scope as address values; defaults are left out, so that plain addresses stay short. */
export function formatScope(scope: Scope): SearchValues {
  return {
    scope: formatList(scope.accounts.filter(isSet)),
    acct: formatList(scope.accounts.filter((name) => !isSet(name))),
    region: formatList(scope.regions),
    env: formatList(scope.environments),
    t: scope.time === WHOLE_ESTATE.time ? null : scope.time,
  };
}

function isSet(name: string): boolean {
  return accountGroupOf(name)?.kind === 'set';
}

/** Names of units and environments are whatever somebody called them, commas in them included. */
function formatList(items: readonly string[]): string | null {
  return items.map((item) => item.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',') || null;
}

function parseList(text: string | null | undefined): readonly string[] {
  if (!text) return [];
  const items = text.split(',').slice(0, LIST_MAX);
  return [
    ...new Set(
      items.map((item) => item.replaceAll('%2C', ',').replaceAll('%25', '%').trim()).filter((item) => item !== ''),
    ),
  ].sort();
}
