import { describe, expect, it } from 'vitest';
import { sharedText } from '../../testing/shared-data.ts';
import { compareVersions } from './compare-versions.ts';
import { CONTRADICTED_VECTORS } from './contradicted-vectors.ts';
import { schemes } from './registry.ts';
import type { SchemeId } from './scheme.ts';
import { readVectors } from './vectors.ts';

const FILES: readonly (readonly [file: string, scheme: SchemeId])[] = [
  ['semver-versions.txt', 'semver'],
  ['debian-versions.txt', 'deb'],
  ['debian-versions-generated.txt', 'deb'],
  ['univers-deb_version_python_pkg_test.json', 'deb'],
  ['redhat-versions.txt', 'rpm'],
  ['alpine-versions.txt', 'apk'],
  ['alpine-versions-generated.txt', 'apk'],
  ['univers-alpine_version_cmp.json', 'apk'],
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

describe('every vector that other projects publish is right', () => {
  for (const [file, id] of FILES) {
    it(`of ${id}, in ${file}`, (ctx) => {
      const vectors = readVectors(sharedText(ctx, `versions/${file}`));
      const contradicted = CONTRADICTED_VECTORS[id] ?? [];

      const wrong = vectors.filter(({ a, sign, b }) => !sign.includes(signOf(id, a, b))).map(({ text }) => text);

      expect(vectors.length).toBeGreaterThan(8);
      expect(wrong.filter((text) => !contradicted.some(({ vector }) => vector === text))).toEqual([]);
    });
  }

  it('what a vector says against its own tool is answered as the tool answers', () => {
    for (const [id, list] of Object.entries(CONTRADICTED_VECTORS)) {
      for (const { vector, tool } of list) {
        const [a = '', b = ''] = vector.split(/ [<=>]+ /);
        expect(`${a} ${signOf(id as SchemeId, a, b)} ${b}`, vector).toBe(tool);
      }
    }
  });
});

function signOf(id: SchemeId, a: string, b: string): string {
  const order = compareVersions(schemes[id], a, b);
  return order === null ? '?' : (['<', '=', '>'][order + 1] ?? '?');
}
