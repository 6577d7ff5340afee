import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, namesOf, partly, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { mixLock, parseMixLock } from './mix-lock.ts';

describe('lock files of Mix', () => {
  it.each([
    ['srv/mix.lock', true],
    ['srv/mix.exs', false],
  ])('%s: %s', (path, wanted) => {
    expect(mixLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('name the package, which is not always the key, and leave out those of organizations', () => {
    const text =
      '%{"key": {:hex, :other, "1.0.0", "h", [:mix], [], "hexpm", "h"},\n' +
      '  "secret": {:hex, :secret, "2.0.0", "h", [:mix], [{:a, "~> 1", [hex: :a, repo: "hexpm"]}], "hexpm:acme", "h"},\n' +
      '  "old": {:package, "0.5.0"}}\n';
    const result = parseMixLock(text, 'mix.lock');

    expect(namesOf(result)).toBe('other@1.0.0 old@0.5.0');
    expect(result.diagnostics[0]?.message).toContain('organization');
  });

  it('every published lock file of Mix yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-detector/mix', parseMixLock, {
      'empty.lock': holdsNone('The file lists no package'),
      'git.lock': holdsNone('packages by git have no version in the file'),
      'many.lock': yields(21),
      'one-package.lock': yields('plug@1.11.1'),
      'two-packages.lock': yields('plug@1.11.1 plug_crypto@1.2.2'),
    });
    expectFixtures(ctx, 'osv-scalibr/elixir/mixlock', parseMixLock, {
      empty: holdsNone('The file lists no package'),
      invalid: partly('bunt@1.0.0', 'the first at "certifi"'),
      valid: yields('bunt@1.0.0 certifi@2.12.0'),
    });
    expectFixtures(ctx, 'osv-scalibr/erlang/mixlock', parseMixLock, {
      'empty.lock': holdsNone('The file lists no package'),
      'git.lock': holdsNone('packages by git have no version in the file'),
      'many.lock': yields(21),
      'one-package.lock': yields('plug@1.11.1'),
      'two-packages.lock': yields('plug@1.11.1 plug_crypto@1.2.2'),
    });
    expectFixtures(ctx, 'trivy-parsers/hex/mix', parseMixLock, {
      'empty.mix.lock': holdsNone('The file lists no package'),
      'happy.mix.lock': yields(
        'bunt@0.2.0 credo@1.6.6 file_system@0.2.10 jason@1.3.0',
        'packages by git have no version in the file',
      ),
    });
    expectFixtures(ctx, 'syft/elixir', parseMixLock, {
      'glob-paths/src/mix.lock': refuses('The file is no lock file of Mix'),
      'mix.lock': yields(15, 'packages by git have no version in the file'),
      'relationships/mix.lock': yields('cowlib@2.11.0 ranch@1.8.0 cowboy@2.9.0'),
    });
  });
});
