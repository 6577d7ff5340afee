import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { parsePnpmLock, pnpmLock } from './pnpm-lock.ts';

const names = (text: string): readonly string[] =>
  parsePnpmLock(text, 'pnpm-lock.yaml').packages.map(({ name, version }) => `${name}@${version}`);

describe('pnpm-lock.yaml', () => {
  it.each([
    ['pnpm-lock.yaml', true],
    ['app/pnpm-lock.feature!x.yaml', true],
    ['node_modules/.pnpm/lock.yaml', false],
    ['node_modules/a/pnpm-lock.yaml', false],
  ])('%s: %s', (path, wanted) => {
    expect(pnpmLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['/a/1.0.0', 'a@1.0.0'],
    ['/@s/a/1.0.0-rc.1', '@s/a@1.0.0-rc.1'],
    ['/a/1.0.0_b@2.0.0+c@3.0.0', 'a@1.0.0'],
    ['/a/1.0.0_7hz3xvmviof7onfgk6hpedqcom', 'a@1.0.0'],
    ['registry.example/@s/a/1.0.0', '@s/a@1.0.0'],
    ['/a@1.0.0', 'a@1.0.0'],
    ['/@s/a@1.0.0(b@2.0.0)(@c/d@3.0.0(e@1.0.0))', '@s/a@1.0.0'],
    ['registry.example/@s/a@1.0.0', '@s/a@1.0.0'],
    ['a@1.0.0', 'a@1.0.0'],
    ['@s/a@1.0.0+build', '@s/a@1.0.0+build'],
  ])('spells keys as %s', (key, expected) => {
    expect(names(`packages:\n\n  '${key}':\n    resolution: {integrity: x}\n`)).toEqual([expected]);
    expect(names(`? x\n: y\npackages: {'${key}': {resolution: {integrity: x}}}\n`)).toEqual([expected]);
  });

  it('names what came from elsewhere by its own fields', () => {
    const text = [
      'packages:',
      "  '@github.com/a/b/tarball/1':",
      '    resolution: {tarball: x}',
      "    name: '@s/b'",
      '    version: 1.0.0',
      '  c@https://codeload.github.com/a/c/tar.gz/1:',
      '    version: 2.0.0',
      '    peerDependencies:',
      '      version: 9.9.9',
      '  d@file:d.tgz:',
      '    version: 3.0.0',
    ];

    expect(names(text.join('\n'))).toEqual(['@s/b@1.0.0', 'c@2.0.0', 'd@3.0.0']);
  });

  it('leaves out folders, commits and runtimes, and says so', () => {
    const result = parsePnpmLock(
      'packages:\n  a@file:a:\n    version: 1.0.0\n  b@https://x/1: {}\n  node@runtime:22.0.0:\n    version: 22.0.0\n',
      'p',
    );

    expect(result).toMatchObject({ packages: [], complete: true });
    expect(result.diagnostics).toHaveLength(3);
  });

  it('names the packages of every document', () => {
    expect(
      names(
        "---\npackages:\n  pnpm@9.0.0: {}\n---\nlockfileVersion: '9.0'\npackages:\n  a@1.0.0: {}\nsnapshots:\n  b@1.0.0: {}\n",
      ),
    ).toEqual(['pnpm@9.0.0', 'a@1.0.0']);
  });

  it('that somebody reshaped is read as YAML', () => {
    expect(names('{"lockfileVersion": 9, "packages": {"a@1.0.0": {"hasBin": true}}}')).toEqual(['a@1.0.0']);
    expect(names('? packages\n: {"c@1.0.0": , d@file:d.tgz: {version: 1.10}}\n')).toEqual(['c@1.0.0', 'd@1.10']);
    expect(names('"packages":\n "/b/1.0.0": {dev: true}\n')).toEqual(['b@1.0.0']);
  });

  it('gives the same by lines and as YAML', () => {
    const text =
      "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    deprecated: >-\n      long\n      version: 2\n    version: 1.0.0\n  'b@2.0.0(c@1.0.0)':\n    name: b\n";

    expect(names(text)).toEqual(names(`# marked\n%YAML 1.2\n---\n${text}`));
    expect(names(text)).toEqual(['a@1.0.0', 'b@2.0.0']);
  });

  it.each([
    'bogus',
    'packages: [1]\n',
    'packages:\n\ta@1.0.0:\n',
    'packages: &a {x: *a}\n',
    'packages:\n  a: *b\n',
    `packages: ${'{a: '.repeat(5000)}`,
    `packages: ${'['.repeat(20_000)}`,
    `packages:\n  ${'['.repeat(2000)}a:\n    name: a\n`,
    `packages: {${'['.repeat(500)}${']'.repeat(500)}: x}`,
    'packages:\n  nothing:\n    dev: true\n',
  ])('that is damaged is not complete: case %#', (text) => {
    expect(parsePnpmLock(text, 'p')).toMatchObject({ packages: [], complete: false });
  });

  it('of a million lines is read in seconds, and one of no known shape is refused at once', () => {
    const entry = (n: number): string =>
      `  '@s/a${n}@1.0.0':\n    resolution: {integrity: x}\n    engines: {node: '>=8'}\n    hasBin: true\n\n`;
    const text = `packages:\n${Array.from({ length: 200_000 }, (_, n) => entry(n)).join('')}`;
    const start = performance.now();

    expect(parsePnpmLock(text, 'p').packages).toHaveLength(200_000);
    expect(parsePnpmLock(`${text}\n'odd`, 'p')).toMatchObject({ complete: false });
    expect(parsePnpmLock(`'odd\n${text}`, 'p')).toMatchObject({ packages: [], complete: false });
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it('published as a fixture gives what the ledger says', async (ctx) => {
    await expectLedger(ctx, pnpmLock, textBeside(import.meta.url, './ledgers/pnpm-lock.txt'));
  });
});
