import { ecosystemsNamedBy, foldedNamesIn, isNamedBy } from '../core/ecosystems/named-by.ts';
import { inventoryDigest, type PackageKey, type ResourceId, resourceId } from '../core/model/ids.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { Distro, EcosystemId, Package } from '../core/model/package.ts';
import { toResourceFacts } from '../core/model/resource-facts.ts';
import type { ChangedKeys } from '../core/ports/advisory-feeds.ts';
import type { StoredInventory } from '../core/ports/inventory-store.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';

/** Distinct packages, inventories and resources of one round trip. */
const PACKAGES_A_PAGE = 5_000;
const INVENTORIES_A_QUERY = 1_000;
const RESOURCES_A_PAGE = 500;

/**
 * Only the ecosystems know under which key a package stands: of its source, in a normalized name, by the build of a
 * kernel. So the database picks distinct packages by names without case and separators, however many resources hold
 * them, their ecosystems decide, and what is found is followed through the indexes. Memory holds one page and the
 * numbers of the inventories.
 */
export async function* inventoriesWithPackage(sql: Sql, keys: ChangedKeys): AsyncGenerator<StoredInventory> {
  if (keys === 'everything') {
    yield* storedInventories(sql, null, null);
    return;
  }
  const inventories = keys.size === 0 ? new Set<number>() : await inventoriesOf(sql, keys);
  for (const chunk of inChunks([...inventories].sort(byNumber), INVENTORIES_A_QUERY)) {
    yield* storedInventories(sql, chunk, keys);
  }
}

/** The inventories that resources have now. Packages are read only where they are others than the known ones. */
export async function currentInventories(
  sql: Sql,
  known: readonly StoredInventory[],
): Promise<readonly StoredInventory[]> {
  const rows = await sql.query<ResourceRow>(`${RESOURCES} where r.key = any($1::text[])`, [
    known.map(({ resource }) => resource),
  ]);
  const packages = new Map(known.map(({ digest, inventory }) => [String(digest), inventory.packages]));
  const stored: StoredInventory[] = [];
  for (const row of rows) {
    const read = packages.get(row.digest) ?? (await packagesOf(sql, row.inventory));
    packages.set(row.digest, read);
    stored.push(toStored(row, read));
  }
  return stored;
}

/** The inventory that a resource has now; null without any. */
export async function inventoryOf(sql: Sql, resource: ResourceId): Promise<StoredInventory | null> {
  const [row] = await sql.query<ResourceRow>(`${RESOURCES} where r.key = $1::text`, [resource]);
  return row === undefined ? null : toStored(row, await packagesOf(sql, row.inventory));
}

async function inventoriesOf(sql: Sql, keys: ReadonlySet<PackageKey>): Promise<Set<number>> {
  const wanted = [ecosystemsNamedBy(keys), foldedNamesIn(keys)];
  const distros = (await sql.query<{ distro: Distro | null }>(DISTROS)).map((row) => row.distro);
  const inventories = new Set<number>();
  for (let after = 0; ; ) {
    const rows = await sql.query<PackageRow>(PACKAGES, [...wanted, after, PACKAGES_A_PAGE]);
    const named = rows.filter((row) => distros.some((distro) => isNamedBy(toPackage(row), distro, keys)));
    if (named.length > 0) {
      const ids = named.map((row) => String(row.id));
      for (const { id } of await sql.query<{ id: number }>(INVENTORIES, [ids])) {
        inventories.add(id);
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PACKAGES_A_PAGE) {
      return inventories;
    }
    after = last.id;
  }
}

/** Resources of these inventories, of all of them for null; with keys, those in which one really names a package. */
async function* storedInventories(
  sql: Sql,
  inventories: readonly number[] | null,
  keys: ReadonlySet<PackageKey> | null,
): AsyncGenerator<StoredInventory> {
  const among = inventories === null ? null : inventories.map(String);
  let shared: { readonly inventory: number; readonly packages: readonly Package[] } = { inventory: 0, packages: [] };
  let place: readonly [inventory: number, resource: number] = [0, 0];
  for (;;) {
    const rows: readonly ResourceRow[] = await sql.query<ResourceRow>(`${RESOURCES} ${PAGE}`, [
      among,
      ...place,
      RESOURCES_A_PAGE,
    ]);
    for (const row of rows) {
      if (shared.inventory !== row.inventory) {
        shared = { inventory: row.inventory, packages: await packagesOf(sql, row.inventory) };
      }
      const stored = toStored(row, shared.packages);
      const { packages, distro } = stored.inventory;
      if (keys === null || packages.some((pkg) => isNamedBy(pkg, distro, keys))) {
        yield stored;
      }
      place = [row.inventory, row.id];
    }
    if (rows.length < RESOURCES_A_PAGE) {
      return;
    }
  }
}

interface ResourceRow {
  readonly id: number;
  readonly key: string;
  readonly environment: string | null;
  readonly facts: unknown;
  readonly distro: Distro | null;
  readonly inventory: number;
  readonly digest: string;
  readonly outcome: 'complete' | 'partial' | null;
}

interface PackageRow {
  readonly id: number;
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly architecture: string | null;
  readonly source_name: string | null;
  readonly source_version: string | null;
  readonly purl: string;
  readonly package_manager: Package['packageManager'];
  readonly path: string;
  readonly layer: string | null;
  readonly confidence: NonNullable<Package['confidence']> | null;
}

async function packagesOf(sql: Sql, inventory: number): Promise<readonly Package[]> {
  const rows = await sql.query<PackageRow>(PACKAGES_OF, [String(inventory)]);
  return rows.map(toPackage);
}

function toPackage(row: PackageRow): Package {
  const { ecosystem, name, version, architecture, purl, path, layer, confidence } = row;
  const source = { sourceName: row.source_name, sourceVersion: row.source_version };
  const guessed = confidence === null ? {} : { confidence };
  const facts = { ecosystem, name, version, architecture, ...source, purl, packageManager: row.package_manager };
  return { ...facts, path, layer, ...guessed };
}

/** Without a record of the scan nobody knows whether all was seen, so it counts as partial. */
function toStored(row: ResourceRow, packages: readonly Package[]): StoredInventory {
  const inventory: Inventory = { distro: row.distro, packages, outcome: row.outcome ?? 'partial', diagnostics: [] };
  return {
    resource: resourceId(row.key),
    environment: row.environment,
    facts: toResourceFacts(row.facts),
    digest: inventoryDigest(row.digest),
    inventory,
  };
}

function byNumber(a: number, b: number): number {
  return a - b;
}

// Numbers of rows travel as float8, which both drivers read as a number.
const DISTROS = 'select distinct distro from resource where inventory_id is not null and not sample';

const FOLDED = (column: string): string => `lower(translate(${column}, '-_.', ''))`;

// `foldedName` and `isFoldedOtherwise` of lib/core/ecosystems/named-by.ts, as far as a database can tell.
const PACKAGES = `
select id::float8 as id, ecosystem, name, version, architecture, source_name, source_version, purl, package_manager,
  '' as path, null as layer, null as confidence
from package where ecosystem = any($1::text[]) and id > $3::bigint and (
  ${FOLDED('name')} = any($2::text[]) or ${FOLDED('source_name')} = any($2::text[])
  or name like 'http%' or name like '%.git' or coalesce(source_name, name) like 'linux-signed%'
  or octet_length(name) <> length(name) or octet_length(source_name) <> length(source_name))
order by id limit $4::int`;

const INVENTORIES = `
select distinct inventory_id::float8 as id from inventory_package where package_id = any($1::text[]::bigint[])`;

// A failed scan leaves the inventory as it was, so the inventory is as whole as the last scan that did not fail.
const RESOURCES = `
select r.id::float8 as id, r.key, r.environment, r.facts, r.distro, i.id::float8 as inventory, i.digest,
  (select s.outcome from scan s where s.resource_id = r.id and s.scan_type = 'package' and s.outcome <> 'failed'
   order by s.ended_at desc, s.id desc limit 1) as outcome
from resource r join inventory i on i.id = r.inventory_id`;

const PAGE = `
where not r.sample and ($1::text[] is null or r.inventory_id = any($1::text[]::bigint[]))
  and (r.inventory_id, r.id) > ($2::bigint, $3::bigint)
order by r.inventory_id, r.id limit $4::int`;

const PACKAGES_OF = `
select p.id::float8 as id, p.ecosystem, p.name, p.version, p.architecture, p.source_name, p.source_version, p.purl,
  p.package_manager, l.path, l.layer, l.confidence
from inventory_package l join package p on p.id = l.package_id
where l.inventory_id = $1::text::bigint
order by p.purl collate "C", l.path collate "C"`;
