import { expect, it } from 'vitest';
import { tarEntries } from '../../images/tar-entries.ts';
import { layerTar } from '../../testing/layer-tar.ts';
import { collectSourceArchive } from './source-archive.ts';

const { signal } = new AbortController();

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

it('a packed source tree yields what its lock files hold, and expects no operating system', async () => {
  const lock = JSON.stringify({
    lockfileVersion: 3,
    packages: { '': {}, 'node_modules/minimist': { version: '1.2.5' } },
  });
  const tar = await layerTar({ 'app-1.0/package-lock.json': lock, 'app-1.0/src/index.js': 'x' });

  const inventory = await collectSourceArchive(tarEntries(once(tar)), signal);

  expect(inventory).toMatchObject({ outcome: 'complete', distro: null });
  expect(inventory.packages).toMatchObject([{ name: 'minimist', path: 'app-1.0/package-lock.json', layer: null }]);
});
