import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { condaEnvironment, parseCondaEnvironment } from './conda-environment.ts';

describe('environments of conda', () => {
  it.each([
    ['srv/environment.yml', true],
    ['srv/environment.ts', false],
  ])('%s: %s', (path, wanted) => {
    expect(condaEnvironment.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['numpy=1.26.4=py311_0', 'numpy@1.26.4', undefined],
    ['conda-forge::numpy==1.26.4', 'numpy@1.26.4', undefined],
    ['numpy=1.26.4', 'numpy@1.26.4', 'medium'],
    ['numpy=1.26.*', '', undefined],
    ['numpy>=1.26', '', undefined],
    ['numpy', '', undefined],
  ])('name an exact version or none: %s', (spec, names, confidence) => {
    const result = parseCondaEnvironment(`dependencies:\n- ${spec}\n`, 'environment.yml');

    expect(namesOf(result)).toBe(names);
    expect(result.packages[0]?.confidence).toBe(confidence);
  });

  it('hold packages of pip as such', () => {
    const text = 'dependencies:\n  - pip:\n    - Django[argon2]==5.0.6  # why\n    - requests>=2\n  - zlib==1.2\n';
    const { packages } = parseCondaEnvironment(text, 'environment.yml');

    expect(packages.map(({ purl, packageManager }) => [purl, packageManager])).toEqual([
      ['pkg:pypi/django@5.0.6', 'PIP'],
      ['pkg:conda/zlib@1.2', 'OTHER'],
    ]);
  });

  it('every published environment yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'trivy-parsers/conda/environment', parseCondaEnvironment, {
      'happy.yaml': yields(
        'blas@1.0 ca-certificates@2024.2 libexpat@2.6.2 libffi@3.4.2 libgomp@13.2.0 libnsl@2.0.1 bzip2@1.0.8 asgiref@3.8.1 django@5.0.6',
        'ranges and names alone are no versions',
      ),
      'invalid.yaml': holdsNone('The file lists no dependencies of a conda environment'),
      'operator-only-dep.yaml': partly('numpy@1.26.4', 'the first at "="'),
      'wrong-deps-type.yaml': holdsNone('ranges and names alone are no versions'),
      'wrong-nested-dep-type.yaml': partly('asgiref@3.8.1', 'the first at "wrongType"'),
      'wrong-nested-type.yaml': refuses('the first at "pip"'),
    });
  });
});
