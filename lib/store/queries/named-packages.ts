import type { NamedPackages } from '../../core/model/exposure-view.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

/** What the distribution of a resource installed under some names, in which `#` stands for a version. */
export async function namedPackages(
  sql: Sql,
  visible: VisibleScope,
  key: string,
  names: readonly string[],
): Promise<NamedPackages> {
  const values = parameters();
  const subject = all([...scopeConditions(visible, values, 'r'), `r.key = ${values.add(key, 'text')}`]);
  const wanted = values.add(names, 'text[]');
  const [row] = await sql.query<NamedPackages>(
    `select case when r.inventory_id is null then null when c.outcome = 'complete' then 'whole' else 'part' end as seen,
       coalesce((
         select jsonb_agg(distinct jsonb_build_object('ecosystem', p.ecosystem, 'name', p.name, 'version', p.version))
         from inventory_package l join package p on p.id = l.package_id
         where l.inventory_id = r.inventory_id and p.package_manager = 'OS'
           and (p.name = any(${wanted}) or regexp_replace(p.name, '[0-9]+(\\.[0-9]+)*', '#', 'g') = any(${wanted}))
       ), '[]') as packages
     from resource r left join coverage c on c.resource_id = r.id and c.scan_type = 'package' where ${subject}`,
    values.values,
  );
  return row ?? { seen: null, packages: [] };
}
