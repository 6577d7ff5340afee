import { walkXml } from './xml-walk.ts';

/** A project of MSBuild, or a file that projects import, as far as packages go. Conditions are not judged. */
export interface MsbuildFile {
  /** By name in lower case, since MSBuild compares so. */
  readonly properties: ReadonlyMap<string, string>;
  readonly items: readonly MsbuildItem[];
  /** Why the file could not be read to its end, or null. */
  readonly broken: string | null;
}

export interface MsbuildItem {
  readonly kind: 'PackageReference' | 'PackageVersion' | 'GlobalPackageReference';
  readonly name: string;
  /** As it is written; null where the project leaves it to a central file. */
  readonly version: string | null;
}

const KINDS: ReadonlySet<string> = new Set(['PackageReference', 'PackageVersion', 'GlobalPackageReference']);

export function readMsbuildFile(text: string): MsbuildFile {
  const properties = new Map<string, string>();
  const items: MsbuildItem[] = [];
  let open: { kind: MsbuildItem['kind']; name: string; version: string | null } | null = null;
  const broken = walkXml(text, {
    open(element, attributes) {
      if (isKind(element)) {
        const { Include = '', Update = '', Version, VersionOverride } = attributes;
        if (attributes.Remove !== undefined) {
          return;
        }
        open = { kind: element, name: Include === '' ? Update : Include, version: VersionOverride ?? Version ?? null };
      }
    },
    close(element, content, parents) {
      if (parents.at(-1) === 'PropertyGroup') {
        properties.set(element.toLowerCase(), content.trim());
      } else if (open !== null && (element === 'VersionOverride' || (element === 'Version' && open.version === null))) {
        open.version = content.trim();
      } else if (open !== null && isKind(element)) {
        items.push(open);
        open = null;
      }
    },
  });
  return { properties, items, broken };
}

function isKind(element: string): element is MsbuildItem['kind'] {
  return KINDS.has(element);
}

const EXPANSIONS_MAX = 16;
const LENGTH_MAX = 512;

/** Puts the values of properties for `$(Name)`; null where one is not known, or where it does not end. */
export function expandProperties(text: string, properties: ReadonlyMap<string, string>): string | null {
  let expanded = text;
  for (let round = 0; round < EXPANSIONS_MAX; round += 1) {
    const [whole, name] = /\$\(([A-Za-z_][\w.-]{0,100})\)/.exec(expanded) ?? [];
    if (whole === undefined || name === undefined) {
      return expanded.includes('$(') ? null : expanded;
    }
    const value = properties.get(name.toLowerCase());
    if (value === undefined || expanded.length + value.length > LENGTH_MAX) {
      return null;
    }
    expanded = expanded.replace(whole, () => value);
  }
  return null;
}
