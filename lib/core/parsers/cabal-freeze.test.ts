import { describe, expect, it } from 'vitest';
import { expectFixtures, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { cabalFreeze, parseCabalFreeze } from './cabal-freeze.ts';

describe('freezes of Cabal', () => {
  it.each([
    ['srv/cabal.project.freeze', true],
    ['srv/cabal.config', true],
    ['srv/cabal.project', false],
  ])('%s: %s', (path, wanted) => {
    expect(cabalFreeze.wants(path, listedFile(path))).toBe(wanted);
  });

  it('a line of any number of constraints is read', () => {
    const line = Array.from({ length: 150_000 }, (_, n) => `a${n}-b ==1`).join(',');

    expect(parseCabalFreeze(`constraints: ${line}`, 'cabal.config').packages).toHaveLength(150_000);
  });

  it('every published freeze of Cabal yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/haskell/cabal', parseCabalFreeze, {
      invalid: refuses('the first at "foo"'),
      valid: yields('AC-Angle@1.0 ALUT@2.4.0.3 ANum@0.2.0.2 Agda@2.6.4.3 Allure@0.11.0.0'),
      valid_2: yields('AC-Angle@1.0 foo@2.4.0.3 ANum@0.2.0.2 Agda@2.6.4.3 Allure@0.11.0.0'),
    });
    expectFixtures(
      ctx,
      'syft/haskell',
      parseCabalFreeze,
      {
        'cabal.project.freeze': yields(
          'Cabal@3.2.1.0 Diff@0.4.1 HTTP@4000.3.16 HUnit@1.6.2.0 OneTuple@0.3.1 Only@0.1 PyF@0.10.2.0 QuickCheck@2.14.2 RSA@2.4.1 SHA@1.6.4.4 Spock@0.14.0.0',
          'packages that come with the compiler have no version in the file',
        ),
        'glob-paths/src/cabal.project.freeze': refuses('The file has no field of constraints'),
      },
      /freeze$/,
    );
  });
});
