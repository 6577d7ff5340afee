import { createRouter, type Routable, type RoutingRule, toRoutingRules } from '../../core/findings/routing.ts';
import { slaOf } from '../../core/findings/sla.ts';
import { DEFAULT_SLA_POLICY, type SlaPolicy, toSlaPolicy } from '../../core/findings/sla-policy.ts';
import type { CvssScore } from '../../core/model/finding.ts';
import type { Severity } from '../../core/model/severity.ts';
import type { Sql } from '../sql.ts';

export const SLA_SETTING = 'sla.policy';
export const ROUTING_SETTING = 'routing.rules';

/** What a resource says to due dates and routing. */
export interface DutyResource extends Omit<Routable, 'paths'> {
  readonly firstSeenAt: Date;
  readonly reach: string | null;
}

export interface Holder {
  /** Id of a person. */
  readonly owner: string | null;
  readonly team: string | null;
}

export interface DueFacts {
  readonly severity: Severity;
  readonly kevDueDate: string | null;
  readonly openedAt: Date;
  readonly cvss: readonly Pick<CvssScore, 'version' | 'vector'>[];
}

/** Who owes what until when, by the settings in force. */
export interface Duty {
  readonly policy: SlaPolicy;
  readonly rules: readonly RoutingRule[];
  /** The due date without the time that its clock stood still. */
  dueAt(facts: DueFacts, resource: DutyResource | undefined): Date | null;
  holderOf(resource: DutyResource | undefined, paths: readonly string[]): Holder;
}

const EXPOSED = new Set(['internet', 'load-balancer', 'internet-restricted']);
const NOBODY: Holder = { owner: null, team: null };

/** Reads policy, rules and the people whom rules name. A stored setting that cannot be read counts as none. */
export async function loadDuty(sql: Sql): Promise<Duty> {
  const rows = await sql.query<{ name: string; value: unknown }>(SETTINGS, [[SLA_SETTING, ROUTING_SETTING]]);
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const policy = toSlaPolicy(values.get(SLA_SETTING));
  const rules = toRoutingRules(values.get(ROUTING_SETTING) ?? []);
  return dutyOf(sql, 'faults' in policy ? DEFAULT_SLA_POLICY : policy, 'faults' in rules ? [] : rules);
}

export async function dutyOf(sql: Sql, policy: SlaPolicy, rules: readonly RoutingRule[]): Promise<Duty> {
  const route = createRouter(rules);
  const namesPeople = rules.some(({ owner }) => owner !== undefined);
  const people = namesPeople ? await sql.query<{ id: string; email: string; name: string }>(PEOPLE) : [];
  const ids = new Map(people.flatMap(({ id, email, name }) => [name, email, id].map((key) => [key.toLowerCase(), id])));
  return {
    policy,
    rules,
    dueAt({ severity, kevDueDate, openedAt, cvss }, resource) {
      const exposed = resource?.reach == null ? null : EXPOSED.has(resource.reach);
      const resourceFirstSeenAt = resource?.firstSeenAt ?? null;
      return slaOf(policy, { severity, kevDueDate, firstObservedAt: openedAt, resourceFirstSeenAt, exposed, cvss })
        .dueAt;
    },
    holderOf(resource, paths) {
      if (resource === undefined || rules.length === 0) {
        return NOBODY;
      }
      const { owner, team } = route({ ...resource, paths });
      return { owner: owner === null ? null : (ids.get(owner.value.toLowerCase()) ?? null), team: team?.value ?? null };
    },
  };
}

/** The resources with these row numbers. */
export async function dutyResources(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, DutyResource>> {
  const rows = await sql.query<DutyResource & { readonly id: string }>(RESOURCES, [ids]);
  return new Map(rows.map(({ id, ...resource }) => [id, resource]));
}

const SETTINGS = 'select name, value from setting where name = any($1::text[])';

const PEOPLE = 'select id, email, name from app_user where not disabled order by created_at desc, id';

const RESOURCES = `
select r.id::text as id, r.first_seen_at as "firstSeenAt", r.reach, r.tags, r.account_id as "accountId",
  a.organizational_unit as "organizationalUnit", r.region, r.kind, r.name as "resourceName"
from resource r join account a on a.id = r.account_id where r.id = any($1::bigint[])`;
