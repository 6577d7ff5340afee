import { describe, expect, it } from 'vitest';
import { sharedText } from '../../testing/shared-data.ts';
import { compareVersions } from './compare-versions.ts';
import { schemes } from './registry.ts';
import type { VersionScheme } from './scheme.ts';

const SIGNS = { '-1': '<', '0': '=', '1': '>' } as const;

describe('every vector that other projects publish is right', () => {
  for (const [file, scheme] of [
    ['debian-versions.txt', schemes.deb],
    ['debian-versions-generated.txt', schemes.deb],
    ['semver-versions.txt', schemes.semver],
    ['pypi-versions.txt', schemes.pep440],
    ['pypi-versions-generated.txt', schemes.pep440],
  ] as const) {
    it(`in ${file}`, (ctx) => {
      const text = sharedText(ctx, `versions/${file}`);
      const lines = text.split('\n').map((line) => line.trim());
      const vectors = lines.filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('//'));

      const wrong = vectors.filter((line) => !holds(scheme, line));

      expect(vectors.length).toBeGreaterThan(20);
      expect(wrong).toEqual([]);
    });
  }

  it('in the comparisons of Debian versions', (ctx) => {
    const text = sharedText(ctx, 'versions/univers-deb_version_python_pkg_test.json');
    const { tests } = JSON.parse(text) as { tests: readonly DebianCase[] };

    const wrong = tests.filter((test) => !isAnswered(test));

    expect(tests.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
});

function holds(scheme: VersionScheme, line: string): boolean {
  const [a = '', sign, b = ''] = line.split(/\s+([<=>])\s+/);
  const order = compareVersions(scheme, a, b);
  return order !== null && SIGNS[order] === sign;
}

interface DebianCase {
  readonly input: { readonly versions: readonly string[]; readonly comparator?: string };
  readonly expected_output: readonly string[] | boolean;
}

/** A case asks for the sorted list, or whether its two versions are equal. */
function isAnswered(test: DebianCase): boolean {
  const sorted = [...test.input.versions].sort((a, b) => compareVersions(schemes.deb, a, b) ?? Number.NaN);
  if (typeof test.expected_output === 'boolean') {
    const [a = '', b = ''] = test.input.versions;
    return (compareVersions(schemes.deb, a, b) === 0) === test.expected_output;
  }
  return JSON.stringify(sorted) === JSON.stringify(test.expected_output);
}
