import { describe, expect, it } from 'vitest';
import { expectFixtures, holdsNone, refuses, yields } from '../../testing/lock-file-fixtures.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { paketLock, parsePaketLock } from './paket-lock.ts';

describe('lock files of Paket', () => {
  it.each([['srv/paket.lock', true]])('%s: %s', (path, wanted) => {
    expect(paketLock.wants(path, listedFile(path))).toBe(wanted);
  });

  it('every published lock file of Paket yields its packages or says why not', (ctx) => {
    expectFixtures(ctx, 'osv-scalibr/dotnet/paketlock', parsePaketLock, {
      'empty-lock-dir/paket.lock': holdsNone('The file is empty'),
      'invalid-lock/paket.lock': refuses('The file is no lock file of Paket'),
      'paket.lock': yields(
        'NUnit@2.6.4 FSharp.Core@4.5.0 Newtonsoft.Json@12.0.3 Microsoft.Extensions.Logging@6.0.0 FAKE@5.20.4 Paket@7.0.0',
        'files and repositories that are no packages of NuGet',
      ),
    });
  });
});
