import { describe, expect, it } from 'vitest';
import { namesOf } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { condaExplicit, condaLock, parseCondaExplicit, parseCondaLock } from './conda-lock.ts';

describe('locks of conda', () => {
  it.each([
    [condaLock, 'srv/conda-lock.yml', true],
    [condaLock, 'srv/gpu.conda-lock.yml', true],
    [condaLock, 'srv/pnpm-lock.yaml', false],
    [condaExplicit, 'srv/conda-linux-64.lock', true],
    [condaExplicit, 'srv/yarn.lock', false],
  ])('%o wants %s: %s', (parser, path, wanted) => {
    expect(parser.wants(path, listedFile(path))).toBe(wanted);
  });

  it('tell packages of conda from those of pip', () => {
    const text = [
      'version: 1',
      'package:',
      '- name: zlib',
      '  version: 1.2.13',
      '  manager: conda',
      '  platform: linux-64',
      '  dependencies:',
      '    name: 1.0',
      '    version: "2.0"',
      '  url: https://conda.anaconda.org/conda-forge/linux-64/zlib-1.2.13-hd590300_5.conda',
      '- name: Django',
      "  version: '5.0.6'",
      '  manager: pip',
      '  platform: linux-64',
      '- name: broken',
      '  manager: conda',
      '',
    ].join('\n');
    const result = parseCondaLock(text, 'conda-lock.yml');

    expect(result.packages.map(({ purl }) => purl)).toEqual([
      'pkg:conda/zlib@1.2.13?build=hd590300_5&subdir=linux-64',
      'pkg:pypi/django@5.0.6',
    ]);
    expect(result).toMatchObject({ complete: false, diagnostics: [{ level: 'warning' }] });
  });

  it('that list addresses name the package in each', () => {
    const text =
      '# platform: linux-64\n@EXPLICIT\nhttps://c.org/main/linux-64/ca-certificates-2024.2.2-hbcca054_0.conda#2f4327a\n' +
      'https://c.org/main/noarch/tz-data-2024a-0.tar.bz2\nhttps://c.org/nothing\n';
    const result = parseCondaExplicit(text, 'conda-linux-64.lock');

    expect(namesOf(result)).toBe('ca-certificates@2024.2.2 tz-data@2024a');
    expect(result.complete).toBe(false);
  });
});
