import { createHash } from 'node:crypto';
import { digestOf } from '../inventory/digest.ts';
import { OWN } from '../inventory/sbom/component-facts.ts';
import { imageProperties } from '../inventory/sbom/image-properties.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Package } from '../model/package.ts';
import type { SbomProperty } from '../parsers/sbom/sbom-document.ts';

/** What a document is made from, besides the inventory. Nothing is taken from the surroundings. */
export interface SbomOptions {
  /** What the document is about, as a person would call it. */
  readonly name: string;
  readonly at: Date;
  /** Version of Harrier. */
  readonly toolVersion: string;
}

/** What an inventory knows of a package beyond the fields of the formats. `docs/cli.md` lists the names. */
export function packageProperties(pkg: Package): readonly SbomProperty[] {
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['architecture', pkg.architecture],
    ['confidence', pkg.confidence],
    ['ecosystem', pkg.ecosystem],
    ['layer', pkg.layer],
    ['package_manager', pkg.packageManager],
    ['path', pkg.path],
    ['source_name', pkg.sourceName],
    ['source_version', pkg.sourceVersion],
  ];
  return facts.flatMap(([name, value]) => (value ? [[`${OWN}${name}`, value] as const] : []));
}

/** What an inventory knows of the thing as a whole. */
export function inventoryProperties({ distro, outcome, image }: Inventory): readonly SbomProperty[] {
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['distro:codename', distro?.codename],
    ['distro:id', distro?.id],
    ['distro:pretty_name', distro?.prettyName],
    ['distro:version_id', distro?.versionId],
    ['outcome', outcome],
  ];
  return [
    ...facts.flatMap(([name, value]) => (value ? [[`${OWN}${name}`, value] as const] : [])),
    ...(image === undefined ? [] : imageProperties(image)),
  ];
}

/** The name of a package in a document: the same in every document that has it at the same place. */
export function packageRef({ purl, path }: Pick<Package, 'purl' | 'path'>): string {
  return createHash('sha256').update(`${purl}\t${path}`).digest('hex').slice(0, 32);
}

/** An UUID of version 8 (RFC 9562) that is derived from what was found, so that the same inventory has the same one. */
export function documentUuid(inventory: Inventory, name: string): string {
  const { packages, distro, outcome, image } = inventory;
  const facts = JSON.stringify([name, digestOf(packages), distro, outcome, image?.digest ?? null]);
  const hex = createHash('sha256').update(facts).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}
