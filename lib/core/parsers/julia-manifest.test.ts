import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { juliaManifest, parseJuliaManifest } from './julia-manifest.ts';

describe('manifests of Julia', () => {
  it.each([
    ['srv/Manifest.toml', true],
    ['srv/JuliaManifest.toml', true],
    ['srv/Manifest-v1.11.toml', true],
    ['srv/manifest.toml', false],
    ['srv/Project.toml', false],
  ])('%s: %s', (path, wanted) => {
    expect(juliaManifest.wants(path, listedFile(path))).toBe(wanted);
  });

  it('name the identity of a package in its URL', () => {
    const text = '[[deps.JSON]]\nuuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"\nversion = "0.21.4"\n';

    expect(parseJuliaManifest(text, 'Manifest.toml').packages[0]?.purl).toBe(
      'pkg:julia/JSON@0.21.4?uuid=682c06a0-de6a-54ab-a142-c8b1cf79cde6',
    );
  });

  it('every published manifest of Julia yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/julia/manifesttoml', parseJuliaManifest, {
      'git-dependency-with-commit.toml': yields('DataStructures@0.17.0 Unregistered@0.2.0'),
      'more-than-two-dependencies.toml': yields('TOML@2.0.0 JSON@1.0.0'),
      'no-dependency.toml': holdsNone('The file lists no package'),
      'no-version-dependency.toml': holdsNone('packages that come with Julia or by commit have no version in the file'),
      'not-toml.txt': refuses('The file is not TOML'),
      'only-version-dependency.toml': yields('JSON@0.20.0'),
    });
    expectFixtures(
      ctx,
      'trivy-parsers/julia/manifest',
      parseJuliaManifest,
      {
        'dep_ext_v1.9/Manifest.toml': yields('AbstractFFTs@1.3.1'),
        'julia_v1.0_format/Manifest.toml': holdsNone('packages of a folder of the project'),
        'missed-child-dep/Manifest.toml': holdsNone(
          'packages that come with Julia or by commit have no version in the file',
        ),
        'multiple-same-deps/Manifest.toml': holdsNone(
          'packages that come with Julia or by commit have no version in the file',
        ),
        'no_deps_v1.6/Manifest.toml': holdsNone('The file lists no package'),
        'no_deps_v1.9/Manifest.toml': holdsNone('The file lists no package'),
        'primary/Manifest_v1.6.toml': yields(
          'JSON@0.21.4 Parsers@2.4.2',
          'packages that come with Julia or by commit have no version in the file',
        ),
        'primary/Manifest_v1.8.toml': yields(
          'JSON@0.21.4 Parsers@2.5.10 PrecompileTools@1.1.1 Preferences@1.4.0 SHA@0.7.0 TOML@1.0.0',
          'packages that come with Julia or by commit have no version in the file',
        ),
        'shadowed_dep_v1.9/Manifest.toml': holdsNone(
          'packages that come with Julia or by commit have no version in the file',
        ),
      },
      /Manifest/,
    );
  });
});
