import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { npmPackage, parseNpmPackage } from './npm-package.ts';

const PATH = 'srv/app/node_modules/x/package.json';

describe('packages under node_modules', () => {
  it.each([
    ['node_modules/lodash/package.json', true],
    ['srv/app/node_modules/@babel/core/package.json', true],
    ['srv/app/node_modules/a/node_modules/b/package.json', true],
    ['srv/app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', true],
    ['srv/app/node_modules/test/package.json', true],
    ['srv/app/node_modules/test/node_modules/a/package.json', true],
    ['home/me/test/app/node_modules/a/package.json', true],
    ['srv/app/package.json', false],
    ['srv/app/node_modules/a/esm/package.json', false],
    ['srv/app/node_modules/@babel/package.json', false],
    ['srv/app/node_modules/.package-lock.json', false],
    ['srv/app/node_modules/.bin/package.json', false],
    ['srv/app/node_modules/a/test/fixtures/node_modules/b/package.json', false],
    ['srv/app/not_node_modules/a/package.json', false],
  ])('%s: %s', (path, wanted) => {
    expect(npmPackage.wants(path, listedFile(path))).toBe(wanted);
  });

  it('keep the name of the manifest, case included', () => {
    const { packages } = parseNpmPackage('\uFEFF{"name":"JSONStream","version":" 1.2.3 "}', PATH);

    expect(packages[0]).toMatchObject({
      name: 'JSONStream',
      version: '1.2.3',
      purl: 'pkg:npm/jsonstream@1.2.3',
      packageManager: 'NODEPKG',
    });
  });

  it('a private package is none of the registry, which is said', () => {
    expect(parseNpmPackage('{"name":"x","version":"1.0.0","private":true}', PATH)).toEqual({
      packages: [],
      diagnostics: [{ level: 'info', path: PATH, message: expect.stringContaining('private') }],
      complete: true,
    });
  });

  it.each(['{"name":"x"}', '{"version":"1.0.0"}', '{"name":"x y","version":"1"}', '{"name":1,"version":2}'])(
    'without name and version there is no package, and no doubt: %s',
    (text) => {
      const result = parseNpmPackage(text, PATH);

      expect(result.packages).toEqual([]);
      expect(result.complete).toBe(true);
      expect(result.diagnostics[0]?.level).toBe('info');
    },
  );

  it.each(['', '{', 'null', '[]', '"x"', '{"name":"x",}', '['.repeat(100_000)])(
    'a broken manifest leaves the inventory incomplete',
    (text) => {
      const result = parseNpmPackage(text, PATH);

      expect(result.packages).toEqual([]);
      expect(result.complete).toBe(false);
    },
  );

  it('a manifest beyond every size is not read into memory', async () => {
    const tree = memoryFileTree({ [PATH]: new Uint8Array(5 * 1024 * 1024) });

    const result = await npmPackage.parse(PATH, tree, { distro: null });

    expect(result.complete).toBe(false);
    expect(result.diagnostics[0]?.message).toContain('larger than');
  });
});
