import type { FindingHistory, HistoryEvent } from '../../core/model/history.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { all, parameters } from '../queries/parameters.ts';
import { scopeConditions } from '../queries/scope-conditions.ts';
import type { Sql } from '../sql.ts';
import { fromTenths } from './tenths.ts';

const EVENTS_MAX = 1_000;
const KEY = /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface EventRow extends Omit<HistoryEvent, 'score' | 'scoreBefore'> {
  readonly score: number;
  readonly scoreBefore: number | null;
}

/** The steps of one finding's life with their blocks; null when there is no such finding in the scope. */
export async function findingHistory(sql: Sql, visible: VisibleScope, key: string): Promise<FindingHistory | null> {
  if (!KEY.test(key)) {
    return null;
  }
  const values = parameters();
  const conditions = [`f.key = ${values.add(key, 'uuid')}`, ...scopeConditions(visible, values, 'f')];
  const [found] = await sql.query<{ row: string; id: string; vulnerabilityId: string; resourceName: string }>(
    `select f.id::text as row, encode(uuid_send(f.key), 'hex') as id, f.vulnerability_id as "vulnerabilityId",
       r.name as "resourceName"
     from finding f join resource r on r.id = f.resource_id where ${all(conditions)}`,
    values.values,
  );
  if (found === undefined) {
    return null;
  }
  const { row, ...finding } = found;
  const newest = await sql.query<EventRow>(EVENTS, [row, EVENTS_MAX + 1]);
  const shown = newest.slice(0, EVENTS_MAX).toReversed();
  return { ...finding, events: shown.map(toEvent), isCut: newest.length > EVENTS_MAX };
}

function toEvent({ score, scoreBefore, ...event }: EventRow): HistoryEvent {
  return {
    ...event,
    score: fromTenths(score),
    ...(scoreBefore === null ? {} : { scoreBefore: fromTenths(scoreBefore) }),
  };
}

const EVENTS = `
select e.id::text as id, e.at, e.kind, e.cause, e.actor, e.detail, e.status, e.status_before as "statusBefore", e.severity,
  e.severity_before as "severityBefore", e.score, e.score_before as "scoreBefore", e.block::text as block,
  coalesce(b.position::text, '') as position
from finding_event e left join event_block b on b.id = e.block
where e.finding_id = $1::bigint order by e.at desc, e.id desc limit $2::int`;
