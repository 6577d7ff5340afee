import type { SchemeId } from './scheme.ts';

/** Files of order vectors in the shared test data, with the scheme that each is about. */
export const VECTOR_FILES: readonly (readonly [file: string, scheme: SchemeId])[] = [
  ['semver-versions.txt', 'semver'],
  ['semver-versions.txt', 'go'],
  ['debian-versions.txt', 'deb'],
  ['debian-versions-generated.txt', 'deb'],
  ['univers-deb_version_python_pkg_test.json', 'deb'],
  ['redhat-versions.txt', 'rpm'],
  ['alpine-versions.txt', 'apk'],
  ['alpine-versions-generated.txt', 'apk'],
  ['univers-alpine_version_cmp.json', 'apk'],
  ['univers-alpm_version_cmp.json', 'alpm'],
  ['pypi-versions.txt', 'pep440'],
  ['pypi-versions-generated.txt', 'pep440'],
  ['maven-versions.txt', 'maven'],
  ['maven-versions-generated.txt', 'maven'],
  ['univers-maven_version_cmp.json', 'maven'],
  ['rubygems-versions.txt', 'gem'],
  ['rubygems-versions-generated.txt', 'gem'],
  ['nuget-versions.txt', 'nuget'],
  ['univers-nuget_version_cmp.json', 'nuget'],
  ['packagist-versions.txt', 'packagist'],
  ['packagist-versions-generated.txt', 'packagist'],
  ['pub-versions.txt', 'pub'],
  ['hackage-versions.txt', 'hackage'],
  ['cran-versions.txt', 'cran'],
  ['cran-versions-generated.txt', 'cran'],
  ['univers-conan_version_cmp.json', 'conan'],
];

/** One published comparison; `sign` holds every answer that satisfies it. */
export interface Vector {
  readonly a: string;
  readonly sign: string;
  readonly b: string;
  /** As a line, for people. */
  readonly text: string;
}

interface UniversCase {
  readonly test_type: string;
  readonly input: { readonly versions: readonly string[] };
  readonly expected_output: readonly string[] | boolean;
}

/** Reads order vectors: lines `A < B` with comments, or a document of cases as the "vers" project publishes them. */
export function readVectors(text: string): readonly Vector[] {
  return text.trimStart().startsWith('{') ? readCases(text) : readLines(text);
}

function readLines(text: string): readonly Vector[] {
  return text.split('\n').flatMap((line) => {
    const [, a, sign, b] = /^(.+?) ([<=>]) (.+)$/.exec(line.trim()) ?? [];
    const isComment = line.startsWith('#') || line.startsWith('//');
    return isComment || a === undefined || sign === undefined || b === undefined ? [] : [toVector(a, sign, b)];
  });
}

function readCases(text: string): readonly Vector[] {
  const { tests } = JSON.parse(text) as { readonly tests: readonly UniversCase[] };
  return tests.flatMap(({ input, expected_output: expected }) => {
    if (typeof expected === 'boolean') {
      const [a = '', b = ''] = input.versions;
      return [toVector(a, expected ? '=' : '<>', b)];
    }
    // Some cases give their answer in another case than they ask.
    const written = expected.map(
      (one) => input.versions.find((each) => each.toLowerCase() === one.toLowerCase()) ?? one,
    );
    return written.slice(1).map((b, index) => toVector(written[index] ?? '', '<=', b));
  });
}

function toVector(a: string, sign: string, b: string): Vector {
  return { a, sign, b, text: `${a} ${sign} ${b}` };
}
