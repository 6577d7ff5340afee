import { digestOf } from '../core/inventory/digest.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { InventoryStore } from '../core/ports/inventory-store.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { currentInventory, inventoriesWithPackage } from './stored-inventories.ts';
import { toJson } from './to-json.ts';

const CHUNK = 1_000;

/** Needs a transaction: an inventory without its packages must never be seen. */
export function createInventoryStore(sql: Sql): InventoryStore {
  return {
    async save(resource, inventory, now) {
      const digest = digestOf(inventory.packages);
      const distro = inventory.distro === null ? null : toJson(inventory.distro);
      const image = inventory.image === undefined ? null : toJson(inventory.image);
      const [added] = await sql.query<{ id: string }>(ADD, [digest, distro, inventory.packages.length, now]);
      if (added !== undefined) {
        await addPackages(sql, added.id, inventory);
      }
      const moved = await sql.query(MAKE_CURRENT, [resource, digest, distro, now, image]);
      if (moved.length === 0) {
        throw new Error(`inventory of an unknown resource: ${resource}`);
      }
      return digest;
    },
    withPackage: (keys) => inventoriesWithPackage(sql, keys),
    current: (known) => currentInventory(sql, known),
    async withoutAdvisories() {
      const rows = await sql.query<{ ecosystem: string }>(MISSING, []);
      return rows.map(({ ecosystem }) => ecosystem);
    },
    async matchedRevision() {
      const [row] = await sql.query<{ revision: string }>(MATCHED);
      return row?.revision ?? null;
    },
    async saveMatchedRevision(revision, ecosystems, now) {
      const times = ecosystems.map(({ ecosystem, newestRecord, syncedAt }) => [ecosystem, { newestRecord, syncedAt }]);
      await sql.query(SAVE_MATCHED, [toJson({ revision, ecosystems: Object.fromEntries(times) }), now]);
    },
  };
}

async function addPackages(sql: Sql, inventoryId: string, inventory: Inventory): Promise<void> {
  const rows = inventory.packages.map((one) => ({
    ecosystem: one.ecosystem,
    purl: one.purl,
    name: one.name,
    version: one.version,
    architecture: one.architecture,
    source_name: one.sourceName,
    source_version: one.sourceVersion,
    package_manager: one.packageManager,
    path: one.path,
    layer: one.layer,
    confidence: one.confidence ?? null,
  }));
  for (const chunk of inChunks(rows, CHUNK)) {
    const json = toJson(chunk);
    await sql.query(ADD_PACKAGES, [json]);
    // A statement of its own: it also sees packages that another transaction committed while we waited for them.
    await sql.query(LINK_PACKAGES, [json, inventoryId]);
  }
}

const ADD = `
insert into inventory (digest, distro, packages, created_at) values ($1::text, $2::jsonb, $3::int, $4::timestamptz)
on conflict (digest) do nothing returning id::text as id`;

const COLUMNS = `ecosystem text, purl text, name text, version text, architecture text, source_name text,
  source_version text, package_manager text, path text, layer text, confidence text`;

const SAME_PACKAGE = `p.purl = r.purl and p.ecosystem = r.ecosystem
  and p.source_name is not distinct from r.source_name and p.source_version is not distinct from r.source_version`;

// Known packages are filtered out first, since most of a host's packages are on other hosts too. The order keeps two
// transactions with the same new packages from waiting for each other in a circle.
const ADD_PACKAGES = `
insert into package (ecosystem, purl, name, version, architecture, source_name, source_version, package_manager)
select distinct on (r.purl, r.ecosystem, r.source_name, r.source_version)
  r.ecosystem, r.purl, r.name, r.version, r.architecture, r.source_name, r.source_version, r.package_manager
from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
where not exists (select from package p where ${SAME_PACKAGE})
order by r.purl, r.ecosystem, r.source_name, r.source_version
on conflict on constraint package_identity do nothing`;

const LINK_PACKAGES = `
insert into inventory_package (inventory_id, package_id, path, layer, confidence)
select $2::bigint, p.id, r.path, r.layer, r.confidence
from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
join package p on ${SAME_PACKAGE}
on conflict do nothing`;

const MAKE_CURRENT = `
update resource set
  inventory_id = (select id from inventory where digest = $2::text),
  distro = $3::jsonb, image = $5::jsonb, last_seen_at = greatest(last_seen_at, $4::timestamptz)
where key = $1::text returning 1`;

const MISSING = `
select distinct split_part(s.state ->> 'ecosystem', ':', 1) as ecosystem
from coverage c
join resource r on r.id = c.resource_id and not r.sample
cross join lateral jsonb_array_elements(c.advisory_states) as s(state)
where s.state ->> 'state' = 'missing' order by 1`;

const MATCHED = `select value ->> 'revision' as revision from setting where name = 'advisories.matched'`;

const SAVE_MATCHED = `
insert into setting (name, value, updated_by, updated_at)
values ('advisories.matched', $1::jsonb, 'harrier', $2::timestamptz)
on conflict (name) do update set value = excluded.value, updated_by = excluded.updated_by, updated_at = excluded.updated_at
returning 1`;
