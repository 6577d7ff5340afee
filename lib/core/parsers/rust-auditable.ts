import { inflateSync } from 'node:zlib';
import type { Package } from '../model/package.ts';
import { asArray, asObject, asText } from '../model/raw.ts';
import type { Executable } from './executable-format.ts';
import { languagePackage } from './language-package.ts';

export type RustPackages =
  | { readonly kind: 'packages'; readonly packages: readonly Package[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

const PACKED_BYTES_MAX = 8 * 1024 * 1024;
const BYTES_MAX = 32 * 1024 * 1024;
const PACKAGES_MAX = 50_000;

/**
 * The crates that cargo-auditable wrote into a program, without those that only built it and those that no registry has; null
 * where it wrote none. Format: PARSING.md of cargo-auditable, zlib over JSON in the section `.dep-v0`.
 */
export async function readRustAuditable(executable: Executable, path: string): Promise<RustPackages | null> {
  const section = executable.sections.find(({ name }) => name === '.dep-v0');
  if (section === undefined) {
    return null;
  }
  if (section.size > PACKED_BYTES_MAX) {
    return { kind: 'unreadable', reason: `is larger than ${PACKED_BYTES_MAX} bytes` };
  }
  const packed = await executable.source.read(section.offset, section.offset + section.size);
  const crates = packed === null ? null : asObject(unpacked(packed))?.packages;
  if (!Array.isArray(crates)) {
    return { kind: 'unreadable', reason: 'is damaged' };
  }
  if (crates.length > PACKAGES_MAX) {
    return { kind: 'unreadable', reason: `names more than ${PACKAGES_MAX} crates` };
  }
  return { kind: 'packages', packages: asArray(crates).flatMap((crate) => cratePackage(crate, path)) };
}

function cratePackage(raw: unknown, path: string): readonly Package[] {
  const crate = asObject(raw) ?? {};
  const name = asText(crate.name);
  const version = asText(crate.version);
  if (name === null || version === null || crate.kind === 'build' || crate.source === 'local') {
    return [];
  }
  const pkg = languagePackage({ ecosystem: 'cargo', name, version, packageManager: 'CARGO', path });
  return pkg === null ? [] : [pkg];
}

function unpacked(packed: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(inflateSync(packed, { maxOutputLength: BYTES_MAX })));
  } catch {
    // Damaged or oversized data is an expected thing; the caller says so.
    return null;
  }
}
