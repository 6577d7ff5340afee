import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { pacmanLocal, parsePacmanDesc } from './pacman-local.ts';

const arch = { id: 'arch', versionId: '', codename: null, prettyName: 'Arch Linux' };
const PATH = 'var/lib/pacman/local/python-flask-3.0.3-1/desc';
const desc =
  '%NAME%\npython-flask\n\n%VERSION%\n3.0.3-1\n\n%BASE%\nflask\n\n%ARCH%\nany\n\n%DEPENDS%\n%NAME%\npython\n\n';

describe('an entry of the package database of pacman', () => {
  it('gives the package with its base, architecture and purl', () => {
    expect(parsePacmanDesc(desc, PATH, arch).packages).toMatchObject([
      {
        ecosystem: 'arch',
        name: 'python-flask',
        version: '3.0.3-1',
        architecture: 'any',
        sourceName: 'flask',
        purl: 'pkg:alpm/arch/python-flask@3.0.3-1?arch=any&distro=arch',
      },
    ]);
  });

  it('names the files by which a language would count it again', async () => {
    const files = '%FILES%\nusr/lib/\nusr/lib/python3.12/site-packages/flask-3.0.3.dist-info/METADATA\nusr/bin/flask\n';
    const tree = memoryFileTree({ [PATH]: desc, [PATH.replace(/desc$/, 'files')]: files });

    expect((await pacmanLocal.parse(PATH, tree, { distro: arch })).owned).toEqual([
      'usr/lib/python3.12/site-packages/flask-3.0.3.dist-info/METADATA',
      'usr/bin/flask',
    ]);
    expect((await pacmanLocal.parse(PATH, memoryFileTree({ [PATH]: desc }), { distro: arch })).owned).toBeUndefined();
  });

  it.each(['', 'noise', '%NAME%\nother\n\n%VERSION%\n3.0.3-1\n', '%NAME%\npython-flask\n\n%VER', desc.slice(0, 35)])(
    'that says %j is unknown, which is not clean',
    (text) => {
      expect(parsePacmanDesc(text, PATH, arch)).toMatchObject({ packages: [], complete: false });
    },
  );

  it.each([
    [PATH, true],
    ['var/lib/pacman/local/ALPM_DB_VERSION', false],
    ['var/lib/pacman/local/a-1-1/files', false],
    ['var/lib/pacman/sync/core.db', false],
  ])('wants %s: %s', (path, wanted) => {
    expect(pacmanLocal.wants(path, listedFile(path))).toBe(wanted);
  });

  const folder = 'hosts/parser-fixtures/syft/arch/installed/var/lib/pacman/local';
  for (const name of [
    'emacs-29.3-3',
    'fuzzy-1.2-3',
    'gmp-6.2.1-2',
    'madeup-20.30-4',
    'tree-sitter-0.22.6-1',
    'corrupt-0.2.1-3',
  ]) {
    it(`of the fixture ${name}`, (ctx) => {
      const result = parsePacmanDesc(sharedText(ctx, `${folder}/${name}/desc`), `${folder}/${name}/desc`, arch);

      expect(result.packages.map((pkg) => `${pkg.name}-${pkg.version}`)).toEqual(
        name.startsWith('corrupt') ? [] : [name],
      );
      expect(result.complete).toBe(!name.startsWith('corrupt'));
    });
  }
});
