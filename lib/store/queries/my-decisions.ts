import type { BoundedCount, EndingItem, MyDecisions } from '../../core/model/duty.ts';
import type { WhoseWork } from '../../core/ports/duty-store.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const SHOWN = 20;
/** Counting stops here; the page then says "1,000+". */
const COUNTED_MAX = 1_000;

/** What the person and the teams have put off, and which of the person's acceptances end before `until`. */
export async function myDecisions(sql: Sql, who: WhoseWork, until: Date, now: Date): Promise<MyDecisions> {
  const [snoozed, accepted] = await Promise.all([
    ending(sql, 'snoozed_until', (values) => [
      "f.status <> 'CLOSED'",
      `f.snoozed_until > ${values.add(now, 'timestamptz')}`,
      `(f.owner = ${values.add(who.userId, 'text')} or f.team = any(${values.add(who.teams, 'text[]')}))`,
      ...scopeConditions(who.visible, values, 'f'),
    ]),
    ending(sql, 'accepted_until', (values) => [
      "f.team_status = 'accepted'",
      "f.status <> 'CLOSED'",
      `f.accepted_until <= ${values.add(until, 'timestamptz')}`,
      ...scopeConditions(who.visible, values, 'f'),
      // Whoever decided last answers for it.
      `(select e.actor from finding_event e where e.finding_id = f.id and e.kind = 'status'
        order by e.at desc, e.id desc limit 1) = ${values.add(who.userId, 'text')}`,
    ]),
  ]);
  return { snoozed, accepted };
}

async function ending(
  sql: Sql,
  column: 'snoozed_until' | 'accepted_until',
  conditions: (values: Parameters) => readonly string[],
): Promise<{ readonly total: BoundedCount; readonly rows: readonly EndingItem[] }> {
  const values = parameters();
  const rows = await sql.query<EndingItem & { readonly n: number }>(
    `with found as materialized (
       select f.id, f.key, f.vulnerability_id, f.severity, f.resource_id, f.account_id, f.${column} as until
       from finding f where ${all(conditions(values))} order by f.${column}, f.id limit ${COUNTED_MAX + 1}
     )
     select encode(uuid_send(f.key), 'hex') as id, f.vulnerability_id as "vulnerabilityId", f.severity,
       r.name as "resourceName", f.account_id as "accountId", f.until, (select count(*)::int from found) as n
     from found f join resource r on r.id = f.resource_id order by f.until, f.id limit ${SHOWN}`,
    values.values,
  );
  const n = rows[0]?.n ?? 0;
  return {
    total: { count: Math.min(n, COUNTED_MAX), exact: n <= COUNTED_MAX },
    rows: rows.map(({ n: _, ...row }) => row),
  };
}
