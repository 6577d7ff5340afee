import type pg from 'pg';

/**
 * Lets findings live at random, straight in the table: opened, closed, hidden, rated anew, fixed in part, given away, moved
 * with their resource, deleted. The same seed on the same rows does the same.
 */
export async function disturbFindings(pool: pg.Pool, rounds: number, seed: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select setseed($1::float8)', [seed]);
    for (let round = 0; round < rounds; round += 1) {
      for (const statement of LIVES) {
        await client.query(statement);
      }
    }
  } finally {
    client.release();
  }
}

const SOME = 'id in (select id from finding order by random() limit 40)';

const LIVES = [
  `update finding set severity = (array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'])[1 + floor(random() * 6)::int],
     score = case when random() < 0.1 then null else round((random() * 10)::numeric, 1)::float8 end where ${SOME}`,
  `update finding set status = 'CLOSED', closed_at = first_seen_at + random() * interval '300 hours' where ${SOME}`,
  `update finding set status = 'ACTIVE', closed_at = null where ${SOME}`,
  `update finding set status = 'SUPPRESSED', suppressed_by = 1 where ${SOME}`,
  `update finding set kev = not kev where ${SOME}`,
  `update finding set fix_available = (array['yes', 'no', 'partial'])[1 + floor(random() * 3)::int] where ${SOME}`,
  `update finding set owner = case when random() < 0.5 then 'ines' end, due_at = case when random() < 0.2 then null
     else timestamptz '2026-11-20 12:00Z' + (random() * 30 - 15) * interval '1 day' end where ${SOME}`,
  `update finding set package_name = 'package-' || floor(random() * 320)::int where ${SOME}`,
  `with moved as (
     update resource set environment = case when random() < 0.3 then null else 'stage' end
     where id in (select id from resource order by random() limit 2) returning id, environment
   )
   update finding f set environment = m.environment from moved m where f.resource_id = m.id`,
  `insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, kev, fix_available,
     vulnerability_id, package_name, package_version, package_ecosystem, fixed_version, content, content_hash, first_seen_at,
     last_seen_at, opened_at, due_at, updated_at)
   select gen_random_uuid(), f.resource_id, f.account_id, f.region, f.kind, f.environment, 'CODE_VULNERABILITY', 'ACTIVE', f.severity,
     f.score, f.kev, f.fix_available, f.vulnerability_id, case when random() < 0.5 then '' else f.package_name end, '1',
     case when random() < 0.3 then 'npm' else 'debian' end, f.fixed_version, f.content, f.content_hash, f.first_seen_at,
     f.last_seen_at, f.opened_at, f.due_at, f.updated_at
   from finding f where ${SOME.replace('id in', 'f.id in')}`,
  `update finding set last_seen_at = last_seen_at + interval '1 hour' where ${SOME}`,
  `delete from finding where id in (select id from finding order by random() limit 15)`,
];
