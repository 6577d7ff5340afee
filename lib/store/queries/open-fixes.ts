import type { OpenFix } from '../../core/model/guidance.ts';
import type { Sql } from '../sql.ts';

/** What ends the open findings of some packages on the resource of a finding, by the packages' URLs. */
export async function openFixesBeside(
  sql: Sql,
  findingRow: string,
  purls: readonly string[],
): Promise<readonly OpenFix[]> {
  if (purls.length === 0) return [];
  return sql.query<OpenFix>(
    `select w.purl, w."fixedVersion", count(distinct f.id)::int as findings
     from finding f join finding_content t on t.hash = f.content
     cross join lateral jsonb_to_recordset(t.packages) as w(purl text, "fixedVersion" text)
     where f.resource_id = (select resource_id from finding where id = $1::bigint)
       and f.status = 'ACTIVE' and w.purl = any($2::text[])
     group by w.purl, w."fixedVersion" order by w.purl, w."fixedVersion"`,
    [findingRow, [...new Set(purls)]],
  );
}
