import { distroOfPurl } from '../../ecosystems/os/purl-distro.ts';
import type { VexStatement } from '../../model/vex.ts';
import { fromPurl, type PurlParts } from '../../parsers/purl.ts';

/** What suppliers say, asked package by package. */
export interface VexBook {
  /** The latest statement about any of the names in the package; null where nobody said anything. */
  statementOf(names: readonly string[], purl: string): VexStatement | null;
}

export const NO_VEX: VexBook = { statementOf: () => null };

interface Entry {
  readonly statement: VexStatement;
  readonly product: PurlParts;
}

export function vexBook(statements: readonly VexStatement[]): VexBook {
  const byName = new Map<string, Entry[]>();
  for (const statement of statements) {
    const product = fromPurl(statement.purl);
    for (const name of product === null ? [] : statement.names) {
      const entries = byName.get(name) ?? [];
      byName.set(name, entries);
      entries.push({ statement, product: product as PurlParts });
    }
  }
  return {
    statementOf(names, purl) {
      const entries = names.flatMap((name) => byName.get(name) ?? []);
      const pkg = entries.length === 0 ? null : fromPurl(purl);
      const about = pkg === null ? [] : entries.filter(({ product }) => isSame(product, pkg));
      return about.sort(byTime).at(-1)?.statement ?? null;
    },
  };
}

function byTime(a: Entry, b: Entry): number {
  return (a.statement.at?.getTime() ?? 0) - (b.statement.at?.getTime() ?? 0);
}

/** A product without a version, architecture or release means all of them. */
function isSame(product: PurlParts, pkg: PurlParts): boolean {
  const name = ({ type, namespace, name: own }: PurlParts): string => `${type}/${namespace ?? ''}/${own}`.toLowerCase();
  return (
    name(product) === name(pkg) &&
    (product.version === null || versionOf(product) === versionOf(pkg)) &&
    isSameArchitecture(product.qualifiers.arch, pkg.qualifiers.arch) &&
    isSameRelease(product, pkg)
  );
}

/** The epoch stands in front of a version or in a qualifier of its own. */
function versionOf({ version, qualifiers }: PurlParts): string {
  const text = version ?? '';
  const epoch = qualifiers.epoch;
  return (epoch === undefined || text.includes(':') ? text : `${epoch}:${text}`).replace(/^0:/, '');
}

function isSameArchitecture(product: string | undefined, pkg: string | undefined): boolean {
  return product === undefined || pkg === undefined || product === 'source' || product === pkg;
}

function isSameRelease(product: PurlParts, pkg: PurlParts): boolean {
  const said = distroOfPurl(product.namespace, product.qualifiers.distro?.split('/').at(-1));
  const own = distroOfPurl(pkg.namespace, pkg.qualifiers.distro);
  return said === null || own === null || (said.id === own.id && said.versionId === own.versionId);
}
