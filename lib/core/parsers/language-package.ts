import type { EcosystemId, Package, PackageManager } from '../model/package.ts';
import { isPlain, type PurlParts, toPurl } from './purl.ts';
import { normalizePypiName } from './pypi-spelling.ts';

/** What a parser of a language knows of a package. */
export interface LanguagePackage {
  readonly ecosystem: EcosystemId;
  /** The whole name as the ecosystem writes it: `@scope/name`, `group:artifact`, `vendor/name`, a Go module's path. */
  readonly name: string;
  readonly version: string;
  readonly packageManager: PackageManager;
  /** The file that proves it. */
  readonly path: string;
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** How sure the parser is, where a guess was made; left out where the package itself says who it is. */
  readonly confidence?: 'medium' | 'low';
}

interface PurlRule {
  readonly type: string;
  /** What parts the first piece of a purl from its last one in the ecosystem's own names; null where names are one piece. */
  readonly separator: '/' | ':' | null;
  readonly normalize?: (name: string) => string;
}

const lower = (name: string): string => name.toLowerCase();

/** How each language's names become package URLs. Rules: the type definitions of the package-url specification. */
const RULES: Readonly<Partial<Record<EcosystemId, PurlRule>>> = {
  npm: { type: 'npm', separator: '/' },
  pypi: { type: 'pypi', separator: null, normalize: normalizePypiName },
  maven: { type: 'maven', separator: ':' },
  go: { type: 'golang', separator: '/' },
  cargo: { type: 'cargo', separator: null },
  rubygems: { type: 'gem', separator: null },
  packagist: { type: 'composer', separator: '/', normalize: lower },
  nuget: { type: 'nuget', separator: null },
  pub: { type: 'pub', separator: null, normalize: lower },
  hex: { type: 'hex', separator: '/', normalize: lower },
  hackage: { type: 'hackage', separator: null },
  cran: { type: 'cran', separator: null },
  conan: { type: 'conan', separator: null },
  swift: { type: 'swift', separator: '/' },
  julia: { type: 'julia', separator: null },
  conda: { type: 'conda', separator: null },
  cocoapods: { type: 'cocoapods', separator: null },
  wordpress: { type: 'wordpress', separator: '/' },
  'github-actions': { type: 'githubactions', separator: '/' },
  bitnami: { type: 'bitnami', separator: null },
  generic: { type: 'generic', separator: null },
};

const NAME_LENGTH_MAX = 512;
const VERSION_LENGTH_MAX = 256;

/** The package in the model's shape with its package URL; null where name or version cannot be one. */
export function languagePackage(fields: LanguagePackage): Package | null {
  const rule = RULES[fields.ecosystem];
  const name = fields.name.trim();
  const version = fields.version.trim();
  if (rule === undefined || !isPlain(name, NAME_LENGTH_MAX) || !isPlain(version, VERSION_LENGTH_MAX)) {
    return null;
  }
  const named = rule.normalize?.(name) ?? name;
  const at = rule.separator === null ? -1 : named.lastIndexOf(rule.separator);
  const purl = purlOf({
    type: rule.type,
    namespace: at === -1 ? null : named.slice(0, at),
    name: named.slice(at + 1),
    version,
    qualifiers: fields.qualifiers ?? {},
  });
  if (purl === null) {
    return null;
  }
  return {
    ecosystem: fields.ecosystem,
    name,
    version,
    architecture: null,
    sourceName: null,
    sourceVersion: null,
    purl,
    packageManager: fields.packageManager,
    path: fields.path,
    layer: null,
    ...(fields.confidence === undefined ? {} : { confidence: fields.confidence }),
  };
}

/** Null where the type has rules that the parts break, such as a group for every Maven name. */
function purlOf(parts: PurlParts): string | null {
  try {
    return toPurl(parts);
  } catch {
    // The library tells such parts by throwing; names of strangers break its rules every day.
    return null;
  }
}
