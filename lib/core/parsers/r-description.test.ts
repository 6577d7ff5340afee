import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { parseDescription, rDescription } from './r-description.ts';

describe('packages that R installed', () => {
  it.each([
    ['usr/local/lib/R/site-library/mime/DESCRIPTION', true],
    ['srv/renv/library/R-4.2/x86_64-pc-linux-gnu/mime/DESCRIPTION', true],
    ['srv/mypackage/DESCRIPTION', false],
  ])('%s: %s', (path, wanted) => {
    expect(rDescription.wants(path, listedFile(path))).toBe(wanted);
  });

  it('are none of CRAN where they come with R or from Bioconductor', () => {
    const of = (field: string) => parseDescription(`Package: a\nVersion: 1.0-2\n${field}\n`, 'library/a/DESCRIPTION');

    expect(of('License: MIT').packages[0]?.purl).toBe('pkg:cran/a@1.0-2');
    expect(of('Priority: base')).toMatchObject({ packages: [], complete: true });
    expect(of('biocViews: Software')).toMatchObject({ packages: [], complete: true });
  });

  it('every published description yields its package or says why not', (ctx) => {
    expectFixtures(ctx, 'syft/r', parseDescription, {
      DESCRIPTION: yields('stringr@1.5.0.9000'),
      'installed/base/DESCRIPTION': holdsNone('The package is a part of R itself'),
      'installed/stringr/DESCRIPTION': yields('stringr@1.5.0.9000'),
      'map-parse/bad': refuses('The description has no package name and version'),
      'map-parse/eof-multiline': refuses('The description has no package name and version'),
      'map-parse/multiline': refuses('The description has no package name and version'),
      'map-parse/no-name': refuses('The description has no package name and version'),
      'map-parse/no-version': refuses('The description has no package name and version'),
      'map-parse/simple': yields('base@4.3.0'),
    });
  });
});
