import { AppError } from '../../core/model/app-error.ts';
import type { ScanSchedule, ScanTarget, TargetPreview, TargetRule } from '../../core/model/scan-target.ts';
import type { TargetStore } from '../../core/ports/target-store.ts';
import { all, type Parameters, parameters } from '../queries/parameters.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { targetCondition } from './target-sql.ts';

export function createTargetStore(sql: Sql): TargetStore {
  return {
    targets: () => sql.query<ScanTarget>(`${TARGETS} order by name`),
    async target(id) {
      const [found] = await sql.query<ScanTarget>(`${TARGETS} where id = $1::uuid`, [id]);
      return found ?? null;
    },
    async saveTarget({ id, name, rule, updatedBy, updatedAt }) {
      const [other] = await sql.query('select 1 from scan_target where name = $1::text and id <> $2::uuid', [name, id]);
      if (other !== undefined) {
        throw new AppError('conflict', `There is a target of the name "${name}" already.`, {
          name: 'Another target has this name.',
        });
      }
      await sql.query(SAVE_TARGET, [id, name, rule, updatedBy, updatedAt]);
    },
    async saveQuiet(id, quiet) {
      await sql.query('update scan_target set quiet = $2::jsonb where id = $1::uuid returning 1', [
        id,
        quiet === null ? null : toJson(quiet),
      ]);
    },
    async removeTarget(id) {
      return (await sql.query('delete from scan_target where id = $1::uuid returning 1', [id])).length > 0;
    },
    schedules: () => sql.query<ScanSchedule>(`${SCHEDULES} order by next_at nulls last, id`),
    async saveSchedule({ id, targetId, cron, timeZone, isOn, lastAt, nextAt }) {
      await sql.query(SAVE_SCHEDULE, [id, targetId, cron, timeZone, isOn, lastAt, nextAt]);
    },
    async removeSchedule(id) {
      return (await sql.query('delete from scan_schedule where id = $1::uuid returning 1', [id])).length > 0;
    },
    dueSchedules: (now) =>
      sql.query<ScanSchedule>(
        `${SCHEDULES} where is_on and next_at <= $1::timestamptz order by next_at for update skip locked`,
        [now],
      ),
    preview: (rule, accounts) => preview(sql, rule, accounts),
    counts: (rules, accounts) => counts(sql, rules, accounts),
    async askFor(rule, accounts, now) {
      const values = parameters();
      const at = values.add(now, 'timestamptz');
      const asked = await sql.query(
        `update eligibility e set due_at = ${at}, tries = 0
         from resource r join account a on a.id = r.account_id
         where r.id = e.resource_id and e.state = 'eligible' and ${all(conditionsOf(rule, accounts, values))} returning 1`,
        values.values,
      );
      return asked.length;
    },
    async askForResource(resource, accounts, now) {
      const [asked] = await sql.query<{ state: string; reason: string | null }>(ASK_FOR_RESOURCE, [
        resource,
        accounts,
        now,
      ]);
      return asked ?? null;
    },
    async askForResources(resources, accounts, now) {
      return (await sql.query(ASK_FOR_RESOURCES, [resources, accounts, now])).length;
    },
    async askForFailed(jobId, now) {
      return (await sql.query(ASK_FOR_FAILED, [jobId, now])).length;
    },
  };
}

async function preview(sql: Sql, rule: TargetRule, accounts: readonly string[] | null): Promise<TargetPreview> {
  const values = parameters();
  const byKind = await sql.query<{ kind: string; resources: number; eligible: number }>(
    `select r.kind, count(*)::int as resources, count(*) filter (where e.state = 'eligible')::int as eligible
     from resource r join account a on a.id = r.account_id
     left join eligibility e on e.resource_id = r.id and e.scan_type = 'package'
     where ${all(conditionsOf(rule, accounts, values))} group by r.kind order by r.kind`,
    values.values,
  );
  const sum = (of: 'resources' | 'eligible'): number => byKind.reduce((total, row) => total + row[of], 0);
  return {
    resources: sum('resources'),
    eligible: sum('eligible'),
    byKind: byKind.map(({ kind, resources }) => ({ kind, resources })),
  };
}

async function counts(
  sql: Sql,
  rules: readonly TargetRule[],
  accounts: readonly string[] | null,
): Promise<readonly number[]> {
  if (rules.length === 0) return [];
  const values = parameters();
  const sums = rules.map((rule) => `count(*) filter (where ${targetCondition(rule, values)})::int`);
  const [found] = await sql.query<{ readonly counts: readonly number[] }>(
    `select array[${sums.join(', ')}] as counts from resource r join account a on a.id = r.account_id
     where ${all(visibleOf(accounts, values))}`,
    values.values,
  );
  return found?.counts ?? [];
}

function conditionsOf(rule: TargetRule, accounts: readonly string[] | null, values: Parameters): readonly string[] {
  return [...visibleOf(accounts, values), targetCondition(rule, values)];
}

function visibleOf(accounts: readonly string[] | null, values: Parameters): readonly string[] {
  return ['r.gone_at is null', ...(accounts === null ? [] : [`r.account_id = any(${values.add(accounts, 'text[]')})`])];
}

const TARGETS = `
select id::text as id, name, rule, quiet, updated_by as "updatedBy", updated_at as "updatedAt" from scan_target`;

const SCHEDULES = `
select id::text as id, target_id::text as "targetId", cron, time_zone as "timeZone", is_on as "isOn", last_at as "lastAt",
  next_at as "nextAt"
from scan_schedule`;

const SAVE_TARGET = `
insert into scan_target (id, name, rule, updated_by, updated_at)
values ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz)
on conflict (id) do update set name = excluded.name, rule = excluded.rule, updated_by = excluded.updated_by,
  updated_at = excluded.updated_at
returning 1`;

const SAVE_SCHEDULE = `
insert into scan_schedule (id, target_id, cron, time_zone, is_on, last_at, next_at)
values ($1::uuid, $2::uuid, $3::text, $4::text, $5::boolean, $6::timestamptz, $7::timestamptz)
on conflict (id) do update set target_id = excluded.target_id, cron = excluded.cron, time_zone = excluded.time_zone,
  is_on = excluded.is_on, last_at = excluded.last_at, next_at = excluded.next_at
returning 1`;

const ASK_FOR_RESOURCE = `
update eligibility e set due_at = case when e.state = 'eligible' then $3::timestamptz else e.due_at end, tries = 0
from resource r where r.id = e.resource_id and r.key = $1::text and r.gone_at is null
  and ($2::text[] is null or r.account_id = any($2::text[]))
returning e.state, e.reason`;

const ASK_FOR_RESOURCES = `
update eligibility e set due_at = $3::timestamptz, tries = 0
from resource r where r.id = e.resource_id and r.key = any($1::text[]) and r.gone_at is null and e.state = 'eligible'
  and ($2::text[] is null or r.account_id = any($2::text[]))
returning 1`;

const ASK_FOR_FAILED = `
update eligibility e set due_at = $2::timestamptz, tries = 0
from scan s join coverage c on c.resource_id = s.resource_id and c.scan_type = s.scan_type
where s.job_id = $1::uuid and s.outcome = 'failed' and c.outcome = 'failed' and e.resource_id = s.resource_id
  and e.scan_type = s.scan_type and e.state = 'eligible'
returning 1`;
