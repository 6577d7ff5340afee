import { knownGroup } from './java-groups.ts';

/** Who a Java library is: `group:artifact` at a version. */
export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly confidence?: 'medium' | 'low';
}

export interface NameParts {
  readonly artifact: string;
  readonly version: string | null;
}

const LINES_MAX = 1000;
const NAME_LENGTH_MAX = 512;
const GROUP = /^[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/;
const ARTIFACT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** Words that stand behind the numbers of a version; anything else starts another word of the name. */
const QUALIFIER =
  /^(?:[0-9].*|v[0-9].*|(?:alpha|beta|b|m|rc|cr|sp|milestone|incubating|snapshot|final|ga|release|jre|android|redhat|jbossorg|pre|ea|dev|build|patch|r|p)[.-]?[0-9]*)$/i;
/** Other files of the same library at the same version. */
const CLASSIFIER =
  /-(?:sources|javadoc|tests?|all|shaded|jar-with-dependencies|standalone|uber|fat|boot|exec|(?:linux|osx|windows)-[a-z0-9_]+)$/i;

/** Coordinates that Maven wrote into the archive; null where one is missing or was never filled in. */
export function parsePomProperties(text: string): Coordinates | null {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/, LINES_MAX)) {
    const parts = /^[ \t]*([A-Za-z]+)[ \t]*[=: \t](.*)$/.exec(line.slice(0, NAME_LENGTH_MAX));
    if (parts?.[1] !== undefined && !values.has(parts[1])) {
      values.set(parts[1], (parts[2] ?? '').trim());
    }
  }
  return coordinates(values.get('groupId'), values.get('artifactId'), values.get('version'));
}

/** The three parts where all are there and plain. */
export function coordinates(group: string | undefined, artifact: string | undefined, version: string | undefined) {
  const isWhole = isPlain(group, GROUP) && isPlain(artifact, ARTIFACT) && version !== undefined && isVersion(version);
  return isWhole ? ({ group, artifact, version } satisfies Coordinates) : null;
}

function isPlain(text: string | undefined, pattern: RegExp): text is string {
  return text !== undefined && text.length <= NAME_LENGTH_MAX && pattern.test(text);
}

function isVersion(text: string): boolean {
  return text.length <= 128 && !text.includes('$') && /^[\x21-\x7e]+$/.test(text);
}

/**
 * A library that does not say who it is, named by its file and manifest. `medium` where its group is stated or known, `low` where the
 * group is only assumed to equal the artifact, as it did for many libraries before groups were domain names.
 */
export function guessCoordinates(
  fileName: string,
  manifest: ReadonlyMap<string, string>,
  hasFolder: (folder: string) => boolean,
): Coordinates | null {
  const stated = statedVersion(manifest);
  const parts = splitFileName(fileName, stated);
  const artifact = parts.version === null ? (statedArtifact(manifest) ?? parts.artifact) : parts.artifact;
  const version = parts.version ?? stated;
  if (version === null || !ARTIFACT.test(artifact)) {
    return null;
  }
  const group = knownGroup(artifact, hasFolder) ?? statedGroup(artifact, manifest);
  return group === null
    ? { group: artifact, artifact, version, confidence: 'low' }
    : { group, artifact, version, confidence: 'medium' };
}

/** `log4j-1.2-api-2.14.1.jar` into `log4j-1.2-api` and `2.14.1`. A version that the manifest states settles where to cut. */
export function splitFileName(fileName: string, stated: string | null): NameParts {
  const name = fileName
    .slice(0, NAME_LENGTH_MAX)
    .replace(/\.[A-Za-z]+$/, '')
    .replace(CLASSIFIER, '');
  if (stated !== null && name.endsWith(`-${stated}`) && name.length > stated.length + 1) {
    return { artifact: name.slice(0, -stated.length - 1), version: stated };
  }
  const words = name.split('-');
  const at = words.findIndex(
    (word, index) =>
      index > 0 &&
      /^v?[0-9]+(?:[._+][A-Za-z0-9_+]+)*$/.test(word) &&
      words.slice(index + 1).every((rest) => QUALIFIER.test(rest)),
  );
  if (at === -1) {
    return { artifact: name, version: null };
  }
  return { artifact: words.slice(0, at).join('-'), version: words.slice(at).join('-').replace(/^v/, '') };
}

const VERSION_FIELDS = ['plugin-version', 'implementation-version', 'bundle-version', 'specification-version'];

function statedVersion(manifest: ReadonlyMap<string, string>): string | null {
  const values = VERSION_FIELDS.map((field) => manifest.get(field));
  return values.find((value) => value !== undefined && VERSION.test(value) && /[0-9]/.test(value)) ?? null;
}

function statedArtifact(manifest: ReadonlyMap<string, string>): string | null {
  const values = ['artifact-id', 'short-name', 'implementation-title'].map((field) => manifest.get(field));
  return values.find((value) => value !== undefined && ARTIFACT.test(value)) ?? null;
}

function statedGroup(artifact: string, manifest: ReadonlyMap<string, string>): string | null {
  const group = manifest.get('group-id') ?? manifest.get('implementation-vendor-id');
  if (isPlain(group, GROUP)) {
    return group;
  }
  const names = ['bundle-symbolicname', 'automatic-module-name'].map((field) =>
    manifest.get(field)?.split(';')[0]?.trim(),
  );
  return (
    names
      .map((name) => (isPlain(name, GROUP) ? groupOfModule(name, artifact) : null))
      .find((found) => found !== null) ?? null
  );
}

/** `org.apache.logging.log4j.core` ends with the words of `log4j-core`, whose first one belongs to the group as well. */
function groupOfModule(name: string, artifact: string): string | null {
  if (name.endsWith(`.${artifact}`)) {
    return name.slice(0, -artifact.length - 1);
  }
  const parts = name.split('.');
  const at = parts.findIndex((_, index) => index > 0 && parts.slice(index).join('-') === artifact);
  return at === -1 ? null : parts.slice(0, at + 1).join('.');
}
