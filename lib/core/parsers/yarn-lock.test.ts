import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { parseYarnLock, yarnLock } from './yarn-lock.ts';

const names = (text: string): readonly string[] =>
  parseYarnLock(text, 'yarn.lock').packages.map(({ name, version }) => `${name}@${version}`);

describe('yarn.lock', () => {
  it.each([
    ['a@^1.0.0, a@^1.1.0:\n  version "1.2.0"\n  resolved "https://r/a.tgz"\n', ['a@1.2.0']],
    ['"@s/a@^1.0.0", "@s/a@1":\r\n  version "1.2.0"\r\n', ['@s/a@1.2.0']],
    ['"x@npm:@s/real@^1.0.0":\n  version "1.2.0"\n', ['@s/real@1.2.0']],
    ['"x@npm:real":\n  version "1.2.0"\n', ['real@1.2.0']],
    ['a@1:\n  dependencies:\n    version "9.9.9"\n  version "1.0.0"\n', ['a@1.0.0']],
    ['"a@npm:^1":\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n', ['a@1.2.0']],
    [
      '"a@patch:a@1":\n  version: 1.2.0\n  resolution: "a@patch:@s/real@npm%3A1.2.0#./x.patch::version=1.2.0"\n',
      ['@s/real@1.2.0'],
    ],
    ['"a@npm:1":\n  version: 1.2.0\n  resolution: "a@virtual:abc#npm:1.2.0"\n', ['a@1.2.0']],
    ['"a@file:./a.tgz":\n  version: 1.2.0\n  resolution: "a@file:./a.tgz#./a.tgz::hash=1"\n', ['a@1.2.0']],
    ['? "a@npm:1, a@npm:2"\n:\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n', ['a@1.2.0']],
  ])('%j: %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
    expect(parseYarnLock(text, 'yarn.lock').complete).toBe(true);
  });

  it.each([
    '"a@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "a@workspace:."\n',
    '"a@portal:../a::locator=x":\n  version: 1.0.0\n  resolution: "a@portal:../a::locator=x"\n',
    '"a@file:./a":\n  version "1.0.0"\n',
    '"a@link:./a":\n  version "0.0.0"\n',
  ])('leaves out folders of the project, and says so: %j', (text) => {
    const result = parseYarnLock(text, 'yarn.lock');

    expect(result).toMatchObject({ packages: [], complete: true });
    expect(result.diagnostics[0]?.message).toMatch(/^Left out: 1 folders of the project/);
  });

  it('with an unresolved merge names the packages of both sides, and is not complete', () => {
    const text = '<<<<<<< HEAD\na@1:\n  version "1.0.0"\n=======\na@2:\n  version "2.0.0"\n>>>>>>> other\n';

    expect(names(text)).toEqual(['a@1.0.0', 'a@2.0.0']);
    expect(parseYarnLock(text, 'yarn.lock').complete).toBe(false);
  });

  it.each(['bogus', 'a@1:\n', 'a@1:\n  version "x y"\n', '\0\0', 'a b:\n  version "1.0.0"\n'])(
    'that is cut off or damaged is not complete: %j',
    (text) => {
      expect(parseYarnLock(text, 'yarn.lock')).toMatchObject({ packages: [], complete: false });
    },
  );

  it('of a million lines is read in seconds', () => {
    const entry = (n: number): string =>
      `"@s/a${n}@^1.0.0":\n  version "1.0.0"\n  resolved "https://r/${n}.tgz"\n  integrity x\n\n`;
    const text = Array.from({ length: 200_000 }, (_, n) => entry(n)).join('');
    const start = performance.now();

    expect(parseYarnLock(text, 'yarn.lock').packages).toHaveLength(200_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('published as a fixture gives what the ledger says', async (ctx) => {
    await expectLedger(ctx, yarnLock, textBeside(import.meta.url, './ledgers/yarn-lock.txt'));
  });
});
