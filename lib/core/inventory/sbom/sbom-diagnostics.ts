import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import { ecosystems } from '../../ecosystems/registry.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Distro, EcosystemId, Package } from '../../model/package.ts';
import { excerpt } from '../../parsers/parse-result.ts';
import { counted, propertyOf, type SbomDocument } from '../../parsers/sbom/sbom-document.ts';
import { judgeSystemPackages } from '../system-packages.ts';
import type { Candidate, Reason } from './package-of-component.ts';

/** What a document yielded, for those who judge it. */
export interface Yield {
  readonly document: SbomDocument;
  readonly distro: Distro | null;
  readonly packages: readonly Package[];
  /** The components that became no package, by the reason. */
  readonly left: Readonly<Record<Reason, readonly Candidate[]>>;
  /** Releases that packages name and that are not the one of the document. */
  readonly otherReleases: readonly string[];
}

const KINDS_SHOWN_MAX = 10;
const NAMES_SHOWN_MAX = 3;

/** Whatever keeps the inventory from being whole. */
export function gaps(all: Yield): readonly Diagnostic[] {
  const { document, otherReleases } = all;
  return [
    ...document.problems,
    ...(saysPartial(document) ? ['The document says of itself that parts are missing.'] : []),
    ...systemGaps(all),
    ...(otherReleases.length === 0
      ? []
      : [`Packages of other releases are listed as well, which cannot be judged here: ${shown(otherReleases)}.`]),
    ...nothingTold(all),
  ].map(warning);
}

/** What is worth a word and hides no package. */
export function remarks(all: Yield): readonly Diagnostic[] {
  const { document, packages, left } = all;
  const unnamed = left.unnamed.length;
  const withCpe = left.unnamed.filter(({ component }) => component.hasCpe).length;
  const unassessed = judge(all).filter(({ level }) => level === 'info');
  return [
    ...(unnamed === 0
      ? []
      : [
          warning(
            `${components(unnamed)} without a package URL cannot be matched${withCpe === 0 ? '' : `, though ${withCpe} of them ${withCpe === 1 ? 'has' : 'have'} a CPE`}: ${examples(left.unnamed)}.`,
          ),
        ]),
    ...(left.broken.length === 0
      ? []
      : [
          warning(
            `${components(left.broken.length)} cannot be matched, because the package URL, or a name or version in it, is none: ${examples(left.broken)}.`,
          ),
        ]),
    ...(left.nameless.length === 0 ? [] : [note(`${components(left.nameless.length)} passed by: without any name.`)]),
    ...(left.unversioned.length === 0
      ? []
      : [
          warning(
            `${components(left.unversioned.length)} without a version cannot be matched: ${examples(left.unversioned)}.`,
          ),
        ]),
    ...(left['unknown-type'].length === 0
      ? []
      : [warning(`Package URLs of types that are not known: ${typesOf(left['unknown-type'])}.`)]),
    ...(left.source.length === 0
      ? []
      : [note(`${components(left.source.length)} left out: sources, which are not installed.`)]),
    ...(left.owned.length === 0
      ? []
      : [
          note(
            `${left.owned.length} language packages were left out, because packages of the distribution own and patch them.`,
          ),
        ]),
    ...document.notes.map(note),
    ...unassessed,
    ...(packages.length === 0 && contentOf(document, left).length === 0
      ? [note('The document lists no components: there are no packages in it.')]
      : []),
  ];
}

function judge({ distro, packages }: Yield): readonly Diagnostic[] {
  return judgeSystemPackages(
    { facts: distro === null ? null : { distro, families: [] }, trace: null },
    packages,
    'nothing',
  );
}

/** A document must not look clean because its distribution, or what advisories call its packages, is unknown. */
function systemGaps(all: Yield): readonly string[] {
  const { document, distro, packages } = all;
  const every: Readonly<Record<EcosystemId, Ecosystem>> = ecosystems;
  const system = packages.filter((pkg) => every[pkg.ecosystem].family === 'os');
  if (distro === null) {
    return system.length === 0
      ? []
      : [`Nothing tells the distribution of ${system.length} packages, so its advisories cannot be chosen.`];
  }
  const isOwn = propertyOf(document.properties, 'harrier:outcome') !== null;
  if (system.length === 0) {
    const isNamed = document.components.some(({ kind }) => kind === 'operating-system');
    return isNamed && !isOwn ? [`The document names ${distro.prettyName} and none of its packages.`] : [];
  }
  const named = system.filter((pkg) => isNamedBySource(every[pkg.ecosystem], pkg, distro));
  const isToldBySource = named.some(({ sourceName }) => sourceName !== null) || listsSources(document);
  return named.length === 0 || isToldBySource || isOwn
    ? []
    : [
        `Advisories of ${every[named[0]?.ecosystem ?? 'debian'].displayName} speak of source packages, and none of the ${named.length} packages names its own: those that are called otherwise are not found.`,
      ];
}

/** Whether advisories find the package by its source alone. */
function isNamedBySource(ecosystem: Ecosystem, pkg: Package, distro: Distro): boolean {
  const keys = new Set(ecosystem.advisoryKeys({ ...pkg, sourceName: null }, distro));
  const others = ecosystem.advisoryKeys({ ...pkg, sourceName: '?' }, distro);
  return keys.size > 0 && !others.some((key) => keys.has(key));
}

/** Amazon Inspector's generator lists source packages by their names, with what is built from them below. */
function listsSources({ components }: SbomDocument): boolean {
  return components.some(({ properties }) =>
    properties.some(([name]) => /^amazon:inspector:sbom_(?:generator|scanner):/.test(name)),
  );
}

/** What we wrote ourselves about an inventory that was not whole says so in a property as well. */
function saysPartial({ properties, saysIncomplete }: SbomDocument): boolean {
  return saysIncomplete || (propertyOf(properties, 'harrier:outcome') ?? 'complete') !== 'complete';
}

/** Zero packages prove nothing where the document is about something else, or none of its parts could be told. */
function nothingTold({ document, packages, left }: Yield): readonly string[] {
  const content = contentOf(document, left);
  return packages.length > 0 || content.length === 0
    ? []
    : [`No package could be told from the document, which holds ${content.slice(0, KINDS_SHOWN_MAX).join(', ')}.`];
}

function contentOf(document: SbomDocument, left: Yield['left']): readonly string[] {
  const kinds = new Map<string, number>();
  for (const { component } of Object.values(left).flat()) {
    if (!component.isSubject) {
      const kind = component.kind === '' ? 'package' : component.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  const parts = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...parts.flatMap(([kind, count]) =>
      counted(count, `component of the kind "${excerpt(kind)}"`, `components of the kind "${excerpt(kind)}"`),
    ),
    ...document.others,
  ];
}

function typesOf(candidates: readonly Candidate[]): string {
  const counts = new Map<string, number>();
  for (const { purl } of candidates) {
    const type = excerpt(purl?.type ?? '');
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const rest = sorted.length - KINDS_SHOWN_MAX;
  const texts = sorted.slice(0, KINDS_SHOWN_MAX).map(([type, count]) => `${type} (${count})`);
  return [...texts, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function components(count: number): string {
  return count === 1 ? '1 component' : `${count} components`;
}

function examples(candidates: readonly Candidate[]): string {
  return shown(candidates.map(({ component }) => `"${excerpt(component.name || component.ref)}"`));
}

function shown(texts: readonly string[]): string {
  const rest = texts.length - NAMES_SHOWN_MAX;
  return `${texts.slice(0, NAMES_SHOWN_MAX).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function warning(message: string): Diagnostic {
  return { level: 'warning', path: null, message };
}

function note(message: string): Diagnostic {
  return { level: 'info', path: null, message };
}
