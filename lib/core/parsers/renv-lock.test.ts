import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { parseRenvLock, renvLock } from './renv-lock.ts';

describe('lock files of renv', () => {
  it.each([['srv/renv.lock', true]])('%s: %s', (path, wanted) => {
    expect(renvLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published lock file of renv yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-detector/renv', parseRenvLock, {
      'empty.lock': holdsNone('The file lists no package'),
      'not-json.txt': refuses('The file is no lock file of renv'),
      'one-package.lock': yields('morning@0.1.0'),
      'two-packages.lock': yields('markdown@1.0 mime@0.7'),
      'with-bioconductor.lock': yields('BH@1.75.0-0', 'packages of Bioconductor are not those of CRAN'),
      'with-mixed-sources.lock': yields('markdown@1.0 mime@0.12.1'),
      'without-repository.lock': yields('morning@0.1.0'),
    });
    expectFixtures(ctx, 'osv-scalibr/r/renvlock', parseRenvLock, {
      'empty.lock': holdsNone('The file lists no package'),
      'not-json.txt': refuses('The file is no lock file of renv'),
      'one-package.lock': yields('morning@0.1.0'),
      'two-packages.lock': yields('markdown@1.0 mime@0.7'),
      'with-bioconductor.lock': yields('BH@1.75.0-0', 'packages of Bioconductor are not those of CRAN'),
      'with-mixed-sources.lock': yields('markdown@1.0 mime@0.12.1'),
      'without-repository.lock': yields('morning@0.1.0'),
    });
  });
});
