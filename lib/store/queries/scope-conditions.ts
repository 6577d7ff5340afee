import type { VisibleScope } from '../../core/model/scope.ts';
import type { Parameters } from './parameters.ts';

/**
 * The scope as conditions on a table that has `account_id`, `region` and `environment`. An empty list of accounts is
 * kept as a condition that nothing meets: it means that the reader may see nothing.
 */
export function scopeConditions(visible: VisibleScope, parameters: Parameters, alias: string): string[] {
  return [...accountConditions(visible, parameters, alias), ...placeConditions(visible, parameters, alias)];
}

/** The same on `resource r`, of those that are still there. */
export function resourceScope(visible: VisibleScope, parameters: Parameters): string[] {
  return ['r.gone_at is null', ...scopeConditions(visible, parameters, 'r')];
}

export function accountConditions(visible: VisibleScope, parameters: Parameters, alias: string): string[] {
  return visible.accounts === null ? [] : [`${alias}.account_id = any(${parameters.add(visible.accounts, 'text[]')})`];
}

/** Regions and environments only. */
export function placeConditions(visible: VisibleScope, parameters: Parameters, alias: string): string[] {
  const conditions: string[] = [];
  if (visible.regions.length > 0) {
    conditions.push(`${alias}.region = any(${parameters.add(visible.regions, 'text[]')})`);
  }
  if (visible.environments.length > 0) {
    conditions.push(`${alias}.environment = any(${parameters.add(visible.environments, 'text[]')})`);
  }
  return conditions;
}
