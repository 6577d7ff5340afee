import { NOTICE_DAYS } from '../../core/model/notice.ts';

const SEEN = '(u.all_accounts or f.account_id = any(u.accounts))';
const MAY_READ = "not u.disabled and u.role <> 'finance'";

/** Each watch tells once, of the first finding that opened after it began. Of what was there before, the page itself tells. */
const WATCHED = `
insert into notice (user_id, kind, dedupe, title, detail, href, at)
select u.id, 'watch', 'watch ' || w.vulnerability_id || ' ' || extract(epoch from w.created_at)::bigint,
  w.vulnerability_id || ' was found', 'It is open on ' || g.n || case when g.n = 1 then ' resource.' else ' resources.' end,
  '/vulnerabilities/' || replace(replace(w.vulnerability_id, '%', '%25'), '/', '%2F'), $1::timestamptz
from vulnerability_watch w join app_user u on u.id = w.user_id and ${MAY_READ}
cross join lateral (
  select count(*)::int as n from finding f
  where f.vulnerability_id = w.vulnerability_id and f.status = 'ACTIVE' and f.opened_at > w.created_at and ${SEEN}
) as g
where g.n > 0
on conflict (user_id, dedupe) do nothing`;

/** A rule's owner hears of its end a week before. */
const RULES_END = `
insert into notice (user_id, kind, dedupe, title, detail, href, at)
select u.id, 'ending', 'rule ' || r.id || ' ' || extract(epoch from r.ends_at)::bigint,
  'The rule ' || left(r.name, 100) || ' ends on ' || to_char(r.ends_at at time zone 'UTC', 'YYYY-MM-DD'),
  'What it hides comes back then. Extend it with a reason, or let it end.', '/suppression', $1::timestamptz
from suppression_rule r join app_user u on u.id = r.owner and not u.disabled
where r.state = 'active' and r.ends_at > $1::timestamptz and r.ends_at <= $1::timestamptz + interval '7 days'
on conflict (user_id, dedupe) do nothing`;

/** Accepted risks of one owner that end on one day, a week before. */
const ACCEPTANCES_END = `
insert into notice (user_id, kind, dedupe, title, detail, href, at)
select u.id, 'ending', 'accepted ' || g.day,
  g.n || case when g.n = 1 then ' accepted risk ends on ' else ' accepted risks end on ' end || g.day,
  'They are open again from then on.', '/findings?q=is:accepted+owner:me', $1::timestamptz
from (
  select f.owner, to_char(f.accepted_until at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as n
  from finding f
  where f.accepted_until > $1::timestamptz and f.accepted_until <= $1::timestamptz + interval '7 days'
    and f.team_status = 'accepted' and f.owner is not null
  group by 1, 2
) as g join app_user u on u.id = g.owner and ${MAY_READ}
on conflict (user_id, dedupe) do nothing`;

/** Once a day, to whoever owes something that is late or soon will be. */
const DUE = `
insert into notice (user_id, kind, dedupe, title, detail, href, at)
select u.id, 'due', 'due ' || to_char($1::timestamptz at time zone 'UTC', 'YYYY-MM-DD'),
  case when g.past > 0 then g.past || ' of yours past due' else g.soon || ' of yours due within 48 h' end,
  case when g.past > 0 and g.soon > 0 then g.soon || ' more are due within 48 h.' else '' end, '/my-work', $1::timestamptz
from app_user u cross join lateral (
  select count(*) filter (where f.due_order < $1::timestamptz)::int as past,
    count(*) filter (where f.due_order >= $1::timestamptz)::int as soon
  from finding f
  where f.owner = u.id and f.status = 'ACTIVE' and f.due_order <= $1::timestamptz + interval '48 hours'
    and f.paused_since is null and (f.snoozed_until is null or f.snoozed_until <= $1::timestamptz) and ${SEEN}
) as g
where ${MAY_READ} and g.past + g.soon > 0
on conflict (user_id, dedupe) do nothing`;

const OLD = `delete from notice where at < $1::timestamptz - interval '${NOTICE_DAYS} days'`;

/** What is told without anybody having acted, each with the time as its only value. */
export const SWEEPS: readonly string[] = [WATCHED, RULES_END, ACCEPTANCES_END, DUE, OLD];
