import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { conanLock, parseConanLock } from './conan-lock.ts';

describe('lock files of Conan', () => {
  it.each([['srv/conan.lock', true]])('%s: %s', (path, wanted) => {
    expect(conanLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published lock file of Conan yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/cpp/conanlock', parseConanLock, {
      'empty.v1.json': holdsNone('the project itself and recipes of its folders'),
      'empty.v1.revisions.json': holdsNone('the project itself and recipes of its folders'),
      'empty.v2.json': holdsNone('The file lists no package'),
      'nested-dependencies.v1.json': yields(
        'freetype@2.12.1 libpng@1.6.39 zlib@1.2.13 bzip2@1.0.8 brotli@1.0.9',
        'the project itself and recipes of its folders',
      ),
      'nested-dependencies.v1.revisions.json': yields(
        'freetype@2.12.1 libpng@1.6.39 zlib@1.2.13 bzip2@1.0.8 brotli@1.0.9',
        'the project itself and recipes of its folders',
      ),
      'nested-dependencies.v2.json': yields('zlib@1.2.13 libpng@1.6.39 freetype@2.12.1 bzip2@1.0.8 brotli@1.0.9'),
      'no-name.v1.json': partly('zlib@1.2.11', 'the first at "1.2.3"'),
      'no-name.v1.revisions.json': partly('zlib@1.2.11', 'the first at "1.2.3#ffa77daf83a57094149707928bdce823"'),
      'no-name.v2.json': partly('zlib@1.2.11', 'the first at "1.2.3#ffa77daf83a57094149707928bdce823%1667396813.184"'),
      'not-json.txt': refuses('The file is no lock file of Conan'),
      'null.v2.jsontest': refuses('The file is no lock file of Conan'),
      'old-format-0.0.json': yields('zlib@1.2.11', 'the project itself and recipes of its folders'),
      'old-format-0.1.json': yields('zlib@1.2.11', 'the project itself and recipes of its folders'),
      'old-format-0.2.json': yields('zlib@1.2.11', 'the project itself and recipes of its folders'),
      'old-format-0.3.json': yields('zlib@1.2.11', 'the project itself and recipes of its folders'),
      'one-package-dev.v1.json': yields('ninja@1.11.1', 'the project itself and recipes of its folders'),
      'one-package-dev.v1.revisions.json': yields('ninja@1.11.1', 'the project itself and recipes of its folders'),
      'one-package-dev.v2.json': yields('ninja@1.11.1'),
      'one-package.v1.json': yields('zlib@1.2.11', 'the project itself and recipes of its folders'),
      'one-package.v1.revisions.json': yields('zlib@1.2.11', 'the project itself and recipes of its folders'),
      'one-package.v2.json': yields('zlib@1.2.11'),
      'two-packages.v1.json': yields('zlib@1.2.11 bzip2@1.0.8', 'the project itself and recipes of its folders'),
      'two-packages.v1.revisions.json': yields(
        'zlib@1.2.11 bzip2@1.0.8',
        'the project itself and recipes of its folders',
      ),
      'two-packages.v2.json': yields('zlib@1.2.11 bzip2@1.0.8'),
    });
    expectFixtures(ctx, 'trivy-parsers/c/conan', parseConanLock, {
      'empty_v1.lock': holdsNone('the project itself and recipes of its folders'),
      'happy_v1_case1.lock': yields('pkga@0.0.1', 'the project itself and recipes of its folders'),
      'happy_v1_case2.lock': yields('openssl@3.0.3 zlib@1.2.12', 'the project itself and recipes of its folders'),
      'happy_v2.lock': yields('sound32@1.0 matrix@1.3 automake@1.16.5 autoconf@2.71'),
      'sad_v1.lock': refuses('the first at "wrong/ref/format"'),
    });
    expectFixtures(
      ctx,
      'syft/cpp',
      parseConanLock,
      {
        'conan.lock': yields(
          'mfast@1.2.2 boost@1.75.0 zlib@1.2.12 bzip2@1.0.8 libbacktrace@cci.20210118 tinyxml2@9.0.0',
        ),
        'conanlock-v2/conan.lock': yields('sound32@1.0 matrix@1.1'),
        'corrupt/conan.lock': refuses('The file is no lock file of Conan'),
        'glob-paths/somewhere/src/conan.lock': refuses('The file is no lock file of Conan'),
      },
      /conan\.lock$/,
    );
  });
});
