import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { goMod, goVendor, parseGoModFile, parseGoSum, parseGoVendor } from './go-mod.ts';
import type { ParseResult } from './parser.ts';

const read = (text: string, sum?: string): Promise<ParseResult> =>
  goMod.parse(
    'app/go.mod',
    memoryFileTree({ 'app/go.mod': text, ...(sum === undefined ? {} : { 'app/go.sum': sum }) }),
    { distro: null },
  );
const named = ({ packages }: ParseResult): readonly string[] =>
  packages.map(({ name, version, confidence }) =>
    [name, version, confidence].filter((part) => part !== undefined).join(' '),
  );
const SUM = [
  'a.b/c v1.0.0 h1:x=',
  'a.b/c v1.0.0/go.mod h1:x=',
  'd.e/f v1.9.0 h1:x=',
  'd.e/f v1.10.0 h1:x=',
  'g.h/i v3.0.0/go.mod h1:x=',
  '',
].join('\n');

describe('go.mod', () => {
  it.each([
    ['go.mod', true],
    ['srv/app/go.mod', true],
    ['root/go/pkg/mod/github.com/a/b@v1.0.0/go.mod', false],
    ['usr/local/go/src/go.mod', false],
    ['usr/local/go/src/cmd/go.mod', false],
    ['a/testdata/x/go.mod', false],
    ['a/xgo.mod', false],
  ])('%s: %s', (path, wanted) => {
    expect(goMod.wants(path, listedFile(path))).toBe(wanted);
  });

  it('yields what is required, as it is replaced, and the standard library of its toolchain', async () => {
    const result = await read(
      [
        'module m',
        'go 1.21.0',
        'toolchain go1.23.6',
        'require a.b/c v1.0.0',
        'require (',
        '\td.e/f/v2 v2.0.0+incompatible // indirect',
        '\tlocal.x/y v1.0.0',
        '\t"quoted.x/y" v1.0.0',
        '\tr.s/t v0.1.0',
        ')',
        'exclude a.b/c v0.9.0',
        'replace (',
        '\tlocal.x/y => ../y',
        '\tr.s/t v0.1.0 => fork.s/t v0.2.0',
        '\tr.s/t v0.3.0 => other.s/t v0.4.0',
        ')',
        'retract [v1.0.0, v1.1.0]',
      ].join('\r\n'),
    );

    expect(named(result)).toEqual([
      'a.b/c v1.0.0',
      'd.e/f/v2 v2.0.0+incompatible',
      'quoted.x/y v1.0.0',
      'fork.s/t v0.2.0',
      'stdlib 1.23.6 medium',
    ]);
    expect(result).toMatchObject({
      complete: true,
      packages: [{ purl: 'pkg:golang/a.b/c@v1.0.0', packageManager: 'GOMOD' }, {}, {}, {}, {}],
    });
  });

  it('a patch release behind "go" is a weak sign of the standard library, a language version none', async () => {
    expect(named(await read('module m\ngo 1.22.1\nrequire a.b/c v1.0.0'))).toEqual([
      'a.b/c v1.0.0',
      'stdlib 1.22.1 low',
    ]);
    expect(named(await read('module m\ngo 1.22\nrequire a.b/c v1.0.0'))).toEqual(['a.b/c v1.0.0']);
  });

  it('before 1.17 takes indirect modules from go.sum, the highest that was fetched', async () => {
    const old = 'module m\ngo 1.16\nrequire a.b/c v1.0.0\n';

    expect(named(await read(old, SUM))).toEqual(['a.b/c v1.0.0', 'd.e/f v1.10.0 medium']);
    expect(named(await read(old.replace('1.16', '1.17'), SUM))).toEqual(['a.b/c v1.0.0']);
    expect((await read(old)).diagnostics).toMatchObject([
      { level: 'info', message: expect.stringContaining('go.sum') },
    ]);
  });

  it('reads real files', async (ctx) => {
    const at = (path: string): string => sharedText(ctx, `lockfiles/${path}`);

    expect(
      (await read(at('trivy-parsers/golang/mod/go116/go.mod'), at('trivy-parsers/golang/mod/go116/go.sum'))).packages,
    ).toHaveLength(6);
    expect(named(await read(at('osv-scalibr/golang/gomod/replace-mixed.mod')))).toEqual([
      'example.com/fork/net v1.4.5',
      'golang.org/x/net v0.5.6',
    ]);
    expect((await read(at('syft/golang/go-mod-fixtures/many-packages/go.mod'))).packages).toHaveLength(7);
    expect((await read(at('syft/golang/corrupt/go.mod'))).complete).toBe(false);
    expect((await read(at('osv-scalibr/golang/gomod/not-go-mod.mod'))).complete).toBe(false);
    expect(named(await read(at('osv-scalibr/golang/gomod/toolchain-with-suffix.mod')))).toContain(
      'stdlib 1.23.6 medium',
    );
    expect(parseGoSum(at('trivy-parsers/golang/sum/gomod_many.sum'))).toHaveLength(11);
    expect(parseGoVendor(at('osv-scalibr/golang/vendormodules/valid/vendor/modules.txt'), 'p').packages).toHaveLength(
      8,
    );
  });
});

describe('vendor/modules.txt', () => {
  it('names the modules that were copied', () => {
    const text =
      '# a.b/c v1.0.0\n## explicit; go 1.20\na.b/c/pkg\n# d.e/f v1.0.0 => fork/f v1.1.0\n# x/y v1.0.0 => ./y\n# w/z => fork/z v2.0.0\n';

    expect(goVendor.wants('a/vendor/modules.txt', listedFile('x'))).toBe(true);
    expect(named(parseGoVendor(text, 'p'))).toEqual(['a.b/c v1.0.0', 'fork/f v1.1.0', 'fork/z v2.0.0']);
  });
});

describe('hostile files of Go', () => {
  it.each([
    '',
    '\0\xff',
    'require (',
    ')',
    'require\nrequire (\n(\n',
    'replace =>',
    'require __proto__ v1.0.0',
    'require a.b/c latest',
  ])('%#: nothing is found', async (text) => {
    const result = await read(text);

    expect(result.packages).toEqual([]);
    expect(result.diagnostics.length).toBeGreaterThan(0);
  });

  it('a million lines are read in time', async () => {
    const lines = Array.from({ length: 1_000_000 }, (_, n) => `a/b${n} v1.0.0`).join('\n');
    const start = performance.now();

    expect(parseGoModFile(`require (\n${lines}\n)`).required).toHaveLength(200_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
