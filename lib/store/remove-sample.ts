import type { Sql } from './sql.ts';

/** Deletes the sample estate whole: what only it brought in goes, what a real resource also uses stays. */
export async function removeSample(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>('select count(*)::int as n from resource where sample');
  for (const statement of STATEMENTS) {
    await sql.query(statement);
  }
  return row?.n ?? 0;
}

// Children before parents: deleting a resource first would cascade row by row, and fire the counting triggers once
// for each row.
const OF_SAMPLE = 'resource_id in (select id from resource where sample)';
const STATEMENTS = [
  // A scan that is about to point at an inventory, a package, a flaw or what is said of it must not find it gone a moment
  // later: scans in progress end first, others wait.
  'lock table inventory, package, finding_content in share row exclusive mode',
  // What never was has no past either: the days lose its figures. The chain keeps that there was something.
  `select history_remove(
     array(select e.id from finding f join finding_event e on e.finding_id = f.id where f.${OF_SAMPLE}),
     'erased', 'The sample estate was removed.', now())`,
  `with gone as (
     delete from finding where ${OF_SAMPLE} returning vulnerability_id, id
   )
   delete from vulnerability v
   where v.id in (select vulnerability_id from gone)
     and not exists (
       select from finding f where f.vulnerability_id = v.id and f.id not in (select id from gone))`,
  'delete from finding_content c where not exists (select from finding f where f.content = c.hash)',
  `delete from report where ${OF_SAMPLE}`,
  `delete from scan where ${OF_SAMPLE}`,
  `delete from coverage where ${OF_SAMPLE}`,
  'delete from resource where sample',
  // An account that real resources share stays, and its network is the sample's all the same.
  'delete from network where account_id in (select id from account where sample)',
  `delete from account a where a.sample and not exists (select from resource r where r.account_id = a.id)`,
  'delete from inventory i where not exists (select from resource r where r.inventory_id = i.id)',
  'delete from package p where not exists (select from inventory_package l where l.package_id = p.id)',
];
