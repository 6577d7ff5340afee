import type { ResourceKind } from '../../../core/model/resource.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import { all, type Parameters } from '../parameters.ts';
import { scopeConditions } from '../scope-conditions.ts';

/**
 * Resources and accounts with an open finding of each package in `asked (id, name, ecosystem)`: what is kept, and the pairs of
 * package and resource that began or ended with changes not folded yet. `fixable` counts findings with a fix only.
 */
export function packageResources(
  counted: 'resources' | 'fixable',
  visible: VisibleScope,
  kinds: readonly ResourceKind[],
  values: Parameters,
): string {
  const places = (alias: string) =>
    all([
      ...scopeConditions(visible, values, alias),
      ...(kinds.length === 0 ? [] : [`${alias}.kind = any(${values.add(kinds, 'text[]')})`]),
    ]);
  const before = counted === 'resources' ? 'coalesce(o.n, 0)' : 'coalesce(o.fixable, 0)';
  return `
    select package_id, sum(resources)::int as resources, count(*) filter (where resources > 0)::int as accounts from (
      select package_id, account_id, sum(resources) as resources from (
        select c.package_id, c.account_id, c.${counted} as resources from package_resource_count c
        where c.package_id = any(array(select id from asked)) and ${places('c')}
        union all
        select m.package_id, m.account_id, (m.n + ${before} > 0)::int - (${before} > 0)::int as resources
        from (
          select a.id as package_id, d.account_id, d.resource_id, d.environment, sum(d.n) as n
          from finding_delta d join asked a on (a.name, a.ecosystem) = (d.package_name, d.package_ecosystem)
          where d.status = 'ACTIVE' and ${counted === 'resources' ? 'true' : 'd.fixable'} and ${places('d')}
          group by 1, 2, 3, 4
        ) as m
        left join package_on_resource o using (package_id, resource_id, environment)
      ) as changes
      group by 1, 2
    ) as of_account
    group by 1`;
}
