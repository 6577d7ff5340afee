import type { ExploitReference, KevEntry } from '../core/model/advisory.ts';
import type { SignalStore, StoredSignals } from '../core/ports/signal-store.ts';
import { holdTerms } from './scoring/load-terms.ts';
import { rescore, toEpss } from './scoring/rescore.ts';
import type { Sql } from './sql.ts';
import { holdRules } from './suppression/judge-findings.ts';
import { toJson } from './to-json.ts';

export function createSignalStore(sql: Sql): SignalStore {
  return {
    async after(id, limit) {
      const rows = await sql.query<SignalRow>(AFTER, [id, limit]);
      return rows.map(toSignals);
    },
    async save(signals, now) {
      await holdRules(sql);
      await sql.query(SAVE, [toJson(signals.map(toRow)), now]);
      const ids = signals.map(({ id }) => id);
      return rescore(sql, { where: OF_VULNERABILITIES, ids, terms: await holdTerms(sql) }, now);
    },
    async resourcesWith(ids) {
      const rows = await sql.query<{ key: string }>(RESOURCES_WITH, [ids]);
      return rows.map(({ key }) => key);
    },
  };
}

interface SignalRow {
  readonly id: string;
  readonly probability: number | null;
  readonly percentile: number | null;
  readonly date: string | null;
  readonly kev: KevEntry | null;
  readonly exploit: ExploitReference | null;
}

function toSignals({ id, probability, percentile, date, kev, exploit }: SignalRow): StoredSignals {
  return { id, epss: toEpss(probability, percentile, date), kev, exploit };
}

function toRow({ id, epss, kev, exploit }: StoredSignals) {
  const { probability = null, percentile = null, date = null } = epss ?? {};
  return { id, probability, percentile, date, kev, exploit };
}

const OF_VULNERABILITIES = 'not r.sample and f.vulnerability_id = any($1::text[])';

const AFTER = `
select id, epss_probability as probability, epss_percentile as percentile, epss_date as date, kev, exploit
from vulnerability where id > $1::text order by id limit $2::int`;

const SAVE = `
update vulnerability v set epss_probability = r.probability, epss_percentile = r.percentile, epss_date = r.date,
  kev = nullif(r.kev, 'null'::jsonb), exploit = nullif(r.exploit, 'null'::jsonb), updated_at = $2::timestamptz
from jsonb_to_recordset($1::jsonb)
  as r(id text, probability float8, percentile float8, date text, kev jsonb, exploit jsonb)
where v.id = r.id`;

const RESOURCES_WITH = `
select distinct r.key from finding f join resource r on r.id = f.resource_id and not r.sample
where f.vulnerability_id = any($1::text[]) and f.status <> 'CLOSED' order by r.key`;
