import type { PackageVersionView, VersionAsk } from '../../core/model/estate.ts';
import type { EcosystemId } from '../../core/model/package.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { all, containing, parameters } from './parameters.ts';
import { versionCondition } from './resource-conditions.ts';
import { resourceScope } from './scope-conditions.ts';

/** Versions that are listed of one search; who sees so many types more of the name. */
export const PACKAGE_VERSIONS_MAX = 100;

/** What a search for packages across the estate asks for. */
export interface PackageSearch {
  /** Each is part of the name; the first one alone puts whole names first. */
  readonly words: readonly string[];
  readonly version: VersionAsk | null;
  readonly ecosystems: readonly string[];
}

/** The versions of packages by name that resources of the scope hold, whole names first; one more than are listed tells that there are more. */
export async function packageVersions(
  sql: Sql,
  visible: VisibleScope,
  { words, version, ecosystems }: PackageSearch,
): Promise<{ readonly rows: readonly PackageVersionView[]; readonly hasMore: boolean }> {
  const values = parameters();
  const conditions = [
    ...words.map((word) => `lower(p.name) like ${values.add(containing(word.toLowerCase()), 'text')}`),
    ...(ecosystems.length > 0 ? [`p.ecosystem = any(${values.add(ecosystems, 'text[]')})`] : []),
    ...(version === null ? [] : [versionCondition(version, values)]),
  ];
  const scope = all(resourceScope(visible, values));
  const rows = await sql.query<PackageVersionView & { readonly ecosystem: EcosystemId }>(
    `with named as (
       select p.ecosystem, p.name, p.version, array_agg(p.id) as ids from package p
       where ${all(conditions)} and exists (
         select 1 from inventory_package l join resource r on r.inventory_id = l.inventory_id
         where l.package_id = p.id and ${scope}
       )
       group by 1, 2, 3
       order by lower(p.name) = ${values.add(words[0]?.toLowerCase() ?? '', 'text')} desc, p.name collate "C", p.ecosystem,
         p.version collate "C"
       limit ${PACKAGE_VERSIONS_MAX + 1}
     )
     select n.ecosystem, n.name, n.version, c.resources
     from named n cross join lateral (
       select count(*)::int as resources from resource r
       where ${scope} and r.inventory_id in (select l.inventory_id from inventory_package l where l.package_id = any(n.ids))
     ) as c
     order by lower(n.name) = ${values.add(words[0]?.toLowerCase() ?? '', 'text')} desc, n.name collate "C", n.ecosystem,
       n.version collate "C"`,
    values.values,
  );
  return { rows: rows.slice(0, PACKAGE_VERSIONS_MAX), hasMore: rows.length > PACKAGE_VERSIONS_MAX };
}
