import { digestOf } from '../core/inventory/digest.ts';
import type { InventoryDigest, ResourceId } from '../core/model/ids.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { Package } from '../core/model/package.ts';
import type { InventoryStore } from '../core/ports/inventory-store.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { currentInventories, inventoriesWithPackage, inventoryOf } from './stored-inventories.ts';
import { toJson } from './to-json.ts';

const CHUNK = 2_000;

/** Needs a transaction: an inventory without its packages must never be seen. */
export function createInventoryStore(sql: Sql): InventoryStore {
  return {
    async save(resource, inventory, now) {
      const digests = await saveAll(sql, new Map([[resource, inventory]]), now);
      return digests.get(resource) ?? digestOf(inventory.packages);
    },
    saveAll: (inventories, now) => saveAll(sql, inventories, now),
    withPackage: (keys) => inventoriesWithPackage(sql, keys),
    currentAll: (known) => currentInventories(sql, known),
    of: (resource) => inventoryOf(sql, resource),
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

async function saveAll(
  sql: Sql,
  inventories: ReadonlyMap<ResourceId, Inventory>,
  now: Date,
): Promise<ReadonlyMap<ResourceId, InventoryDigest>> {
  const digests = new Map([...inventories].map(([resource, { packages }]) => [resource, digestOf(packages)]));
  const distinct = new Map([...inventories].map(([resource, inventory]) => [digests.get(resource), inventory]));
  const rows = [...distinct].map(([digest, { distro, packages }]) => ({ digest, distro, packages: packages.length }));
  const added = await sql.query<{ id: string; digest: InventoryDigest }>(ADD, [toJson(rows), now]);
  await addPackages(
    sql,
    added.flatMap(({ id, digest }) => {
      const inventory = distinct.get(digest);
      return inventory === undefined ? [] : inventory.packages.map((one) => toPackageRow(id, one));
    }),
  );
  const current = [...inventories].map(([key, { distro, image }]) => ({
    key,
    digest: digests.get(key),
    distro,
    image: image ?? null,
  }));
  const moved = await sql.query(MAKE_CURRENT, [toJson(current), now]);
  if (moved.length < current.length) {
    throw new Error(`inventory of an unknown resource: ${[...inventories.keys()].join(', ').slice(0, 500)}`);
  }
  return digests;
}

function toPackageRow(inventoryId: string, one: Package) {
  return {
    inventory_id: inventoryId,
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
  };
}

type PackageRow = ReturnType<typeof toPackageRow>;

/** A package is written once, however many of the inventories hold it. */
async function addPackages(sql: Sql, rows: readonly PackageRow[]): Promise<void> {
  const distinct = new Map(
    rows.map((row) => [[row.purl, row.ecosystem, row.source_name, row.source_version].join('\t'), row]),
  );
  for (const chunk of inChunks([...distinct.values()], CHUNK)) {
    await sql.query(ADD_PACKAGES, [toJson(chunk)]);
  }
  // Statements of their own: they also see packages that another transaction committed while we waited for them.
  for (const chunk of inChunks(rows, CHUNK)) {
    await sql.query(LINK_PACKAGES, [toJson(chunk)]);
  }
}

// In the order of digests, so that two transactions with the same new inventories never wait for each other in a circle.
const ADD = `
insert into inventory (digest, distro, packages, created_at)
select r.digest, nullif(r.distro, 'null'::jsonb), r.packages, $2::timestamptz
from jsonb_to_recordset($1::jsonb) as r(digest text, distro jsonb, packages int)
where not exists (select from inventory i where i.digest = r.digest)
order by r.digest
on conflict (digest) do nothing returning id::text as id, digest`;

const COLUMNS = `ecosystem text, purl text, name text, version text, architecture text, source_name text,
  source_version text, package_manager text, path text, layer text, confidence text, inventory_id bigint`;

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
select r.inventory_id, p.id, r.path, r.layer, r.confidence
from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
join package p on ${SAME_PACKAGE}
on conflict do nothing`;

const MAKE_CURRENT = `
update resource s set
  inventory_id = i.id, distro = nullif(r.distro, 'null'::jsonb), image = nullif(r.image, 'null'::jsonb),
  last_seen_at = greatest(s.last_seen_at, $2::timestamptz)
from jsonb_to_recordset($1::jsonb) as r(key text, digest text, distro jsonb, image jsonb)
join inventory i on i.digest = r.digest
where s.key = r.key returning 1`;

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
