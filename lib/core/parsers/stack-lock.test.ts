import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { parseStackLock, parseStackYaml, stackLock, stackYaml } from './stack-lock.ts';

describe('files of Stack', () => {
  it.each([['srv/stack.yaml.lock', true]])('%s: %s', (path, wanted) => {
    expect(stackLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([['srv/stack.yaml', true]])('%s: %s', (path, wanted) => {
    expect(stackYaml.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published file of Stack yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/haskell/stacklock', parseStackLock, {
      invalid: holdsNone('The file lists no package'),
      valid: yields(
        'fuzzyset@0.2.4 hasql-pool@1.0.1 jose-jwt@0.10.0 postgresql-libpq@0.10.1.0',
        'the packages of the snapshot are not named in the file',
      ),
    });
    expectFixtures(
      ctx,
      'syft/haskell',
      parseStackLock,
      {
        'corrupt/stack.yaml.lock': refuses('The file is no lock file of Stack'),
        'glob-paths/src/stack.yaml.lock': refuses('The file is no lock file of Stack'),
        'stack.yaml.lock': yields(
          'HTTP@4000.3.16 configurator-pg@0.2.6 hasql-dynamic-statements@0.3.1.1 hasql-implicits@0.1.0.4 hasql-pool@0.5.2.2 lens-aeson@1.1.3 optparse-applicative@0.16.1.0 protolude@0.3.2 ptr@0.16.8.2 kore@0.60.0.0',
          'the packages of the snapshot are not named in the file',
        ),
      },
      /yaml\.lock$/,
    );
    expectFixtures(
      ctx,
      'syft/haskell',
      parseStackYaml,
      {
        'corrupt/stack.yaml': refuses('The file is no project of Stack'),
        'glob-paths/src/stack.yaml': refuses('The file is no project of Stack'),
        'stack.yaml': yields(
          'ShellCheck@0.8.0 colourista@0.1.0.1 language-docker@11.0.0 spdx@1.0.0.2 hspec@2.9.4 hspec-core@2.9.4 hspec-discover@2.9.4 stm@2.5.0.2',
          'the packages of the snapshot are not named in the file',
        ),
      },
      /stack\.yaml$/,
    );
  });
});
