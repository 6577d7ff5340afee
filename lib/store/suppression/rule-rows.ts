import { hasTwoPeople, storedRuleQuery } from '../../core/findings/suppression.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { Approval, ProposedEnd, RuleInForce, SuppressionRule } from '../../core/model/suppression.ts';
import type { Sql } from '../sql.ts';
import { toJson, toStorable } from '../to-json.ts';

interface ApprovalRow extends Omit<Approval, 'at'> {
  readonly at: string;
}

interface RuleRow extends Omit<SuppressionRule, 'approvals' | 'proposedEnd'> {
  readonly approvals: readonly ApprovalRow[];
  readonly proposedEnd: { readonly endsAt: string; readonly reason: string; readonly by: ApprovalRow } | null;
}

const COLUMNS = `id::text as id, name, query, origin, reason, owner, created_by as "createdBy", created_at as "createdAt",
  starts_at as "startsAt", ends_at as "endsAt", state, accounts, approvals, known_exploited as "knownExploited",
  in_force as "inForce", revision, applied_at as "appliedAt", last_matched_at as "lastMatchedAt", ended_at as "endedAt",
  ended_by as "endedBy", end_reason as "endReason", proposed_end as "proposedEnd"`;

function toRule(row: RuleRow): SuppressionRule {
  const { proposedEnd } = row;
  return { ...row, approvals: row.approvals.map(toApproval), proposedEnd: proposedEnd && toProposedEnd(proposedEnd) };
}

function toApproval(row: ApprovalRow): Approval {
  return { ...row, at: new Date(row.at) };
}

function toProposedEnd({ endsAt, reason, by }: NonNullable<RuleRow['proposedEnd']>): ProposedEnd {
  return { endsAt: new Date(endsAt), reason, by: toApproval(by) };
}

/** The columns of a rule that people change, in the order of the statements below. */
function valuesOf(rule: Omit<SuppressionRule, 'id'>): readonly unknown[] {
  return [
    rule.name,
    rule.query,
    rule.origin,
    toStorable(rule.reason),
    rule.owner,
    rule.createdBy,
    rule.createdAt,
    rule.startsAt,
    rule.endsAt,
    rule.state,
    rule.accounts,
    toJson(rule.approvals),
    hasTwoPeople(rule.approvals),
    rule.knownExploited,
    rule.inForce,
    rule.appliedAt,
    rule.endedAt,
    rule.endedBy,
    rule.endReason === null ? null : toStorable(rule.endReason),
    rule.proposedEnd === null ? null : toJson(rule.proposedEnd),
  ];
}

export async function addRule(sql: Sql, rule: Omit<SuppressionRule, 'id'>): Promise<string> {
  const [row] = await sql.query<{ id: string }>(ADD, valuesOf(rule));
  if (row === undefined) {
    throw new AppError('conflict', `There is a rule with the name ${rule.name} already.`, {
      name: 'Choose another name.',
    });
  }
  return row.id;
}

export async function saveRule(sql: Sql, rule: SuppressionRule): Promise<void> {
  await sql.query(SAVE, [...valuesOf(rule), rule.id]);
}

export async function ruleById(sql: Sql, id: string): Promise<SuppressionRule | null> {
  // What is no number is the id of nothing.
  const number = /^\d{1,18}$/.test(id) ? id : '0';
  const lock = sql.inTransaction ? 'for update' : '';
  const [row] = await sql.query<RuleRow>(
    `select ${COLUMNS} from suppression_rule where id = $1::bigint and origin = 'person' ${lock}`,
    [number],
  );
  return row === undefined ? null : toRule(row);
}

export async function listRules(sql: Sql, ended: boolean, limit: number): Promise<readonly SuppressionRule[]> {
  const rows = await sql.query<RuleRow>(
    `select ${COLUMNS} from suppression_rule where origin = 'person' and (state = 'ended') = $1::boolean
     order by id desc limit $2::int`,
    [ended, limit],
  );
  return rows.map(toRule);
}

export async function dueRules(sql: Sql, now: Date, appliedBefore: Date): Promise<readonly SuppressionRule[]> {
  const rows = await sql.query<RuleRow>(`select ${COLUMNS} from suppression_rule where ${DUE} order by id`, [
    now,
    appliedBefore,
  ]);
  return rows.map(toRule);
}

/** `$1` now, `$2` the oldest application that is still fresh. */
export const DUE = `origin = 'person' and (
  (state <> 'ended' and ends_at <= $1::timestamptz)
  or (state = 'active' and not in_force and starts_at <= $1::timestamptz)
  or (in_force and (applied_at is null or applied_at < $2::timestamptz))
  or (state = 'ended' and applied_at is null))`;

/** Every rule by which findings are judged, the first one first. */
export async function rulesInForce(sql: Sql): Promise<readonly RuleInForce[]> {
  const rows = await sql.query<{ id: string; query: string; accounts: string[] | null; two: boolean }>(
    `select id::text as id, query, accounts, two_people as two from suppression_rule
     where in_force and origin = 'person' order by suppression_rule.id`,
  );
  return rows.flatMap(({ id, query, accounts, two }) => {
    const read = storedRuleQuery(query);
    // A rule that cannot be read any more hides nothing: better too much in sight than too little.
    return read === null ? [] : [{ id, query: read, accounts, twoPeople: two }];
  });
}

const ADD = `
insert into suppression_rule (name, query, origin, reason, owner, created_by, created_at, starts_at, ends_at, state, accounts,
  approvals, two_people, known_exploited, in_force, applied_at, ended_at, ended_by, end_reason, proposed_end)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::timestamptz, $8::timestamptz, $9::timestamptz,
  $10::text, $11::text[], $12::jsonb, $13::boolean, $14::text[], $15::boolean, $16::timestamptz, $17::timestamptz, $18::text,
  $19::text, $20::jsonb)
on conflict (lower(name)) where state <> 'ended' or origin = 'vex' do nothing
returning id::text as id`;

const SAVE = `
update suppression_rule set name = $1::text, query = $2::text, origin = $3::text, reason = $4::text, owner = $5::text,
  created_by = $6::text, created_at = $7::timestamptz, starts_at = $8::timestamptz, ends_at = $9::timestamptz,
  state = $10::text, accounts = $11::text[], approvals = $12::jsonb, two_people = $13::boolean, known_exploited = $14::text[],
  in_force = $15::boolean, applied_at = $16::timestamptz, ended_at = $17::timestamptz, ended_by = $18::text,
  end_reason = $19::text, proposed_end = $20::jsonb,
  revision = revision + 1
where id = $21::bigint`;
