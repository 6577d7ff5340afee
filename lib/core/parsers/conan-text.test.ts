import { describe, expect, it } from 'vitest';
import { expectFixtures, namesOf, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { conanFile, conanInfo, parseConanFile, parseConanInfo } from './conan-text.ts';

describe('texts of Conan', () => {
  it.each([['root/.conan/data/zlib/1.2.11/_/_/package/0a/conaninfo.txt', true]])('%s: %s', (path, wanted) => {
    expect(conanInfo.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['srv/conanfile.txt', true],
    ['srv/conanfile.py', false],
  ])('%s: %s', (path, wanted) => {
    expect(conanFile.wants(path, listedFile(path))).toBe(wanted);
  });

  it('hold ranges, which are no versions', () => {
    const result = parseConanFile('[requires]\nfmt/[>=8.0 <9.0]\nzlib/1.2.13\n', 'conanfile.txt');

    expect(namesOf(result)).toBe('zlib@1.2.13');
    expect(result.diagnostics[0]?.message).toContain('ranges');
  });

  it('every published text of Conan yields its packages or says why not', (ctx) => {
    expectFixtures(
      ctx,
      'syft/cpp',
      parseConanInfo,
      {
        'conaninfo/mfast/1.2.2/my_user/my_channel/package/9d1f076b471417647c2022a78d5e2c1f834289ac/conaninfo.txt':
          yields('mfast@1.2.2 boost@1.75.0 bzip2@1.0.8 libbacktrace@cci.20210118 tinyxml2@9.0.0 zlib@1.2.13'),
        'glob-paths/somewhere/src/conaninfo.txt': refuses('The file has none of the sections that Conan writes'),
      },
      /conaninfo\.txt$/,
    );
    expectFixtures(
      ctx,
      'syft/cpp',
      parseConanFile,
      {
        'conanfile-comment-in-requires.txt': yields('catch2@2.13.8 docopt.cpp@0.6.3'),
        'conanfile.txt': yields('catch2@2.13.8 docopt.cpp@0.6.3 fmt@8.1.1 spdlog@1.9.2 sdl@2.0.20 fltk@1.3.8'),
        'glob-paths/somewhere/src/conanfile.txt': refuses('The file has no section of requirements'),
      },
      /conanfile[^/]*\.txt$/,
    );
  });
});
