import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { npmLock, parseNpmLock } from './npm-lock.ts';

const names = (lock: unknown): readonly string[] =>
  parseNpmLock(typeof lock === 'string' ? lock : JSON.stringify(lock), 'package-lock.json').packages.map(
    ({ name, version }) => `${name}@${version}`,
  );

describe("npm's lock files", () => {
  it.each([
    ['package-lock.json', true],
    ['app/npm-shrinkwrap.json', true],
    ['app/node_modules/.package-lock.json', false],
    ['app/node_modules/foo/npm-shrinkwrap.json', false],
    ['app/my-package-lock.json', false],
    ['app/vendor/golang.org/x/telemetry/package-lock.json', false],
  ])('%s: %s', (path, wanted) => {
    expect(npmLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('name the package behind an alias, in every version of the format', () => {
    expect(names({ dependencies: { a: { version: 'npm:@real/b@1.0.0' } } })).toEqual(['@real/b@1.0.0']);
    expect(names({ packages: { '': {}, 'node_modules/a': { name: '@real/b', version: '1.0.0' } } })).toEqual([
      '@real/b@1.0.0',
    ]);
  });

  it('name packages below packages, and each once', () => {
    const shared = { version: '1.0.0' };
    const lock = {
      dependencies: {
        a: { version: '1.0.0', dependencies: { shared } },
        shared,
        b: { version: '2.0.0', bundled: true },
      },
    };

    expect([...names(lock)].sort()).toEqual(['a@1.0.0', 'b@2.0.0', 'shared@1.0.0']);
  });

  it('leave out links, workspaces and commits, and say so', () => {
    const result = parseNpmLock(
      JSON.stringify({
        packages: {
          'node_modules/w': { resolved: 'w', link: true },
          w: { version: '1.0.0' },
          'node_modules/git': { resolved: 'git+ssh://git@github.com/a/b.git#c' },
          'node_modules/kept': { version: '1.0.0', resolved: 'git+ssh://git@github.com/a/kept.git#c' },
        },
      }),
      'package-lock.json',
    );

    expect(result.packages.map(({ purl }) => purl)).toEqual(['pkg:npm/kept@1.0.0']);
    expect(result.diagnostics.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info Left out: 1 folders of the project, such as "w".',
      'info Left out: 1 entries without a version of the registry, such as "node_modules/git".',
    ]);
    expect(result.complete).toBe(true);
  });

  it('give a version by the address of an archive of a registry', () => {
    const version = 'https://registry.example/@s/a/-/a-1.2.3.tgz';

    expect(names({ dependencies: { '@s/a': { version }, b: { version: 'https://example.com/b.tgz' } } })).toEqual([
      '@s/a@1.2.3',
    ]);
  });

  it('with a mark of the byte order and ends of lines of Windows are read', () => {
    expect(names('\uFEFF{\r\n"packages":{"node_modules/a":{"version":"1.0.0"}}}\r\n')).toEqual(['a@1.0.0']);
  });

  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"packages":[]}',
    '{"dependencies":"x"}',
    '{"packages":{"node_modules/a":1}}',
    '{"dependencies":{"a":[]}}',
  ])('that are not what they seem leave the inventory incomplete: %s', (text) => {
    const result = parseNpmLock(text, 'package-lock.json');

    expect(result).toMatchObject({ packages: [], complete: false });
    expect(result.diagnostics).toHaveLength(1);
  });

  it('may name packages like members of every object', () => {
    expect(
      names(
        '{"packages":{"node_modules/__proto__":{"version":"1.0.0"},"node_modules/constructor":{"version":"1.0.0"}}}',
      ),
    ).toEqual(['__proto__@1.0.0', 'constructor@1.0.0']);
  });

  it('are read to any depth', () => {
    const depth = 20_000;
    const text = `${'{"dependencies":{"a":{"version":"1.0.0",'.repeat(1)}${'"dependencies":{"b":{"version":"1.0.0",'.repeat(depth)}"x":1${'}}'.repeat(depth)}}}}`;

    expect(names(text)).toEqual(['a@1.0.0', 'b@1.0.0']);
  });

  it('past the bound of packages say so', () => {
    const packages = Object.fromEntries(
      Array.from({ length: 200_001 }, (_, n) => [`node_modules/a${n}`, { version: '1.0.0' }]),
    );
    const result = parseNpmLock(JSON.stringify({ packages }), 'package-lock.json');

    expect(result.packages).toHaveLength(200_000);
    expect(result.complete).toBe(false);
  });

  it('published as fixtures give what the ledger says', async (ctx) => {
    await expectLedger(ctx, npmLock, textBeside(import.meta.url, './ledgers/npm-lock.txt'));
  });
});
