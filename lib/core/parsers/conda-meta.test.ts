import { describe, expect, it } from 'vitest';
import { expectFixtures, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { condaMeta, parseCondaMeta } from './conda-meta.ts';

describe('packages that conda installed', () => {
  it.each([
    ['opt/conda/conda-meta/zlib-1.2.11-h90_1.json', true],
    ['opt/conda/conda-meta/history', false],
  ])('%s: %s', (path, wanted) => {
    expect(condaMeta.wants(path, listedFile(path))).toBe(wanted);
  });

  it('name build and platform in their package URL', () => {
    const text = '{"name":"zlib","version":"1.2.11","build":"h90_1","subdir":"osx-arm64"}';

    expect(parseCondaMeta(text, 'x').packages[0]?.purl).toBe('pkg:conda/zlib@1.2.11?build=h90_1&subdir=osx-arm64');
  });

  it('every published record of conda yields its package or says why not', (ctx) => {
    expectFixtures(ctx, 'trivy-parsers/conda/meta', parseCondaMeta, {
      '_libgcc_mutex-0.1-main.json': yields('_libgcc_mutex@0.1'),
      'invalid_json.json': refuses('The record has no name and version'),
      'invalid_package.json': refuses('The record has no name and version'),
      'libgomp-11.2.0-h1234567_1.json': yields('libgomp@11.2.0'),
    });
    expectFixtures(ctx, 'syft/conda', parseCondaMeta, {
      'conda-meta-bad-json/conda-meta/package-1.2.3-pyhd8ed1ab_0.json': refuses('The record has no name and version'),
      'conda-meta-python-c-etc/conda-meta/jupyterlab-4.4.3-pyhd8ed1ab_0.json': yields('jupyterlab@4.4.3'),
      'conda-meta-python-c-etc/conda-meta/zlib-1.2.11-h90dfc92_1014.json': yields('zlib@1.2.11'),
    });
  });
});
