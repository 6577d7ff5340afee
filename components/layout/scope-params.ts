import { type Scope, WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { parseTimeRange } from '@/lib/core/model/time-range.ts';
import type { SearchValues } from './search-params.ts';

const LIST_MAX = 1000;

/** Reads the scope from an address. What cannot be read falls back to "all", which the scope bar then shows. */
export function parseScope(values: SearchValues): Scope {
  return {
    accounts: parseList(values.acct),
    regions: parseList(values.region),
    environments: parseList(values.env),
    time: parseTimeRange(values.t ?? '') ?? WHOLE_ESTATE.time,
  };
}

/** The scope as address values; defaults are left out, so that plain addresses stay short. */
export function formatScope(scope: Scope): SearchValues {
  return {
    acct: scope.accounts.join(',') || null,
    region: scope.regions.join(',') || null,
    env: scope.environments.join(',') || null,
    t: scope.time === WHOLE_ESTATE.time ? null : scope.time,
  };
}

function parseList(text: string | null | undefined): readonly string[] {
  if (!text) return [];
  const items = text.split(',').slice(0, LIST_MAX);
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))].sort();
}
