import type { TriageActRecord, TriageStore } from '../../core/ports/triage-store.ts';
import type { Sql } from '../sql.ts';
import { actReport } from './act-report.ts';
import { actSummary } from './act-summary.ts';
import { advanceAct } from './advance-act.ts';
import { beginAct, beginUndo } from './begin-act.ts';
import { commentById, commentsOn, MENTIONED, rewriteComment } from './comments.ts';

/** Acts of people on findings. What writes runs inside a transaction. */
export function createTriageStore(sql: Sql): TriageStore {
  return {
    begin: (act, selection, now) => beginAct(sql, act, selection, now),
    beginUndo: (undo, now) => beginUndo(sql, undo, now),
    advance: (actId, now, lane) => advanceAct(sql, actId, now, lane),
    async act(actId) {
      const [row] = await sql.query<TriageActRecord>(ACT, [actId]);
      return row ?? null;
    },
    report: (actId, now) => actReport(sql, actId, now),
    summary: (actId) => actSummary(sql, actId),
    mentioned: async (actId) => (await sql.query<{ name: string }>(MENTIONED, [actId])).map(({ name }) => name),
    comments: (visible, finding) => commentsOn(sql, visible, finding),
    comment: (id) => commentById(sql, id),
    rewriteComment: (id, by, text, now) => rewriteComment(sql, id, by, text, now),
  };
}

const ACT = `
select id::text as id, actor, kind, what ->> 'detail' as detail, what -> 'change' as change, ended_at as "endedAt", undone_at as "undoneAt"
from triage_act where id = $1::uuid`;
