import { directiveDeadline } from '../../core/findings/bod-26-04.ts';
import type { SlaPolicy } from '../../core/findings/sla-policy.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import type { Parameters } from '../queries/parameters.ts';

/** What `dueSql` reads besides `finding f`. */
export const DUE_JOINS = `
join resource r on r.id = f.resource_id
left join vulnerability v on v.id = f.vulnerability_id
left join finding_content c on c.hash = f.content`;

/**
 * The due date under a policy as an expression over a finding and what it is joined with: the same as core/findings/sla.ts
 * says of one finding, for millions. A test holds the two against each other.
 */
export function dueSql(policy: SlaPolicy, values: Parameters): string {
  const start =
    policy.settleHours === 0
      ? 'f.opened_at'
      : `greatest(f.opened_at, r.first_seen_at + make_interval(secs => ${values.add(policy.settleHours * 3_600, 'float8')}))`;
  const days = policy.mode === 'severity' ? severityDays(policy, values) : directiveDays(values);
  // In whole milliseconds, rounded as JavaScript rounds them.
  const own = `timestamptz 'epoch' + make_interval(
      secs => trunc((extract(epoch from ${start}) * 1000)::float8 + (${days}) * 86400000) / 1000)`;
  const kev =
    policy.kevGraceDays === null
      ? 'null'
      : `greatest(${CATALOGUE}, case when ${CATALOGUE} is not null then
           f.opened_at + make_interval(secs => ${values.add(policy.kevGraceDays * 86_400, 'float8')}) end)`;
  return `(least(${own}, ${kev}) + f.paused_ms * interval '1 millisecond')::timestamptz(3)`;
}

// The end of the day in the catalogue. A day that its month does not have counts on into the next month, as in JavaScript.
const KEV_DAY = `(v.kev ->> 'dueDate')`;
const HAS_KEV_DAY = `${KEV_DAY} ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'`;
const CATALOGUE = `(case when ${HAS_KEV_DAY} then (
    make_date(substr(${KEV_DAY}, 1, 4)::int, substr(${KEV_DAY}, 6, 2)::int, 1) + (substr(${KEV_DAY}, 9, 2)::int - 1) + time '23:59:59'
  ) at time zone 'UTC' end)`;

/** Whether the internet reaches it; null while nobody looked. */
const EXPOSED = `(r.reach in ('internet', 'load-balancer', 'internet-restricted'))`;

function severityDays({ days, exposedDivisor }: SlaPolicy, values: Parameters): string {
  const cases = SEVERITIES.map((severity) => `when '${severity}' then ${values.add(days[severity], 'float8')}`);
  const divisor = values.add(exposedDivisor, 'float8');
  return `(case f.severity ${cases.join(' ')} end) / (case when ${EXPOSED} then ${divisor} else 1 end)`;
}

const VECTOR = `string_to_array(c.rating -> 'cvss' -> 0 ->> 'vector', '/')`;

function vectorHas(byVersion: Readonly<Record<'2.0' | '4.0' | 'other', readonly string[]>>): string {
  const has = (metrics: readonly string[]): string => `${VECTOR} @> array['${metrics.join("', '")}']`;
  return `coalesce(case c.rating -> 'cvss' -> 0 ->> 'version' when '2.0' then ${has(byVersion['2.0'])}
    when '4.0' then ${has(byVersion['4.0'])} else ${has(byVersion.other)} end, true)`;
}

const AUTOMATABLE = vectorHas({
  '2.0': ['AV:N', 'AC:L', 'Au:N'],
  '4.0': ['AV:N', 'AC:L', 'AT:N', 'PR:N', 'UI:N'],
  other: ['AV:N', 'AC:L', 'PR:N', 'UI:N'],
});
const TOTAL_IMPACT = vectorHas({
  '2.0': ['C:C', 'I:C', 'A:C'],
  '4.0': ['VC:H', 'VI:H', 'VA:H'],
  other: ['C:H', 'I:H', 'A:H'],
});

/** The directive's table as it stands in the core; what is not known counts as the worse. */
function directiveDays(values: Parameters): string {
  const answers = [`coalesce(${HAS_KEV_DAY}, false)`, `coalesce(${EXPOSED}, true)`, AUTOMATABLE, TOTAL_IMPACT];
  const key = answers.map((answer) => `(case when ${answer} then 'y' else 'n' end)`).join(' || ');
  const cases = Array.from({ length: 16 }, (_, row) => {
    const bits = [8, 4, 2, 1].map((bit) => (row & bit) !== 0);
    const [knownExploited = false, exposed = false, automatable = false, totalImpact = false] = bits;
    const { days } = directiveDeadline({ knownExploited, exposed, automatable, totalImpact });
    return `when '${bits.map((yes) => (yes ? 'y' : 'n')).join('')}' then ${values.add(days, 'float8')}`;
  });
  return `case ${key} ${cases.join(' ')} end`;
}
