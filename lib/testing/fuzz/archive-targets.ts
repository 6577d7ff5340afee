import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { everyParser } from '../../core/inventory/collector.ts';
import { readLayer } from '../../core/inventory/container-image/read-layer.ts';
import { collectFunction } from '../../core/inventory/function.ts';
import { openZipTree } from '../../filesystem/zip-tree.ts';
import { layerEntries } from '../../images/layer-entries.ts';
import { layerTar, sha256 } from '../layer-tar.ts';
import { buildZip } from '../zip-builder.ts';
import { mutatedBytes } from './mutate.ts';
import { refusing } from './refusing.ts';
import type { FuzzTarget } from './targets.ts';

const signal = new AbortController().signal;

const FILES = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  'var/lib/dpkg/status': 'Package: a\nStatus: install ok installed\nVersion: 1-1\n',
  'app/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}',
};

/** Archives of files: layers of images, and the zips of functions. A broken one is refused in a sentence; a fault of ours is none. */
export function archiveTargets(area: string): readonly FuzzTarget[] {
  const layer = layerTar({ ...FILES, 'app/.wh.old': '', 'app/lib/.wh..wh..opq': '', 'app/loop': '->../app/loop' });
  const zip = buildZip(Object.entries(FILES).map(([name, content]) => ({ name, content })));
  const path = join(area, 'function.zip');
  return [
    {
      name: 'image layer',
      async attempt(random) {
        const tar = await layer;
        // Half of them are broken below the packing, so that what is inside is met and not the check of gzip.
        const bytes =
          random() < 0.5 ? mutatedBytes(random, gzipSync(tar)) : gzipSync(mutatedBytes(random, tar), { level: 1 });
        const descriptor = {
          mediaType: 'tar+gzip',
          digest: sha256(bytes),
          size: bytes.length,
          diffId: null,
          instruction: null,
        };
        await refusing(async () => {
          await readLayer(layerEntries(inPieces(bytes), descriptor, signal), everyParser(), signal);
        });
      },
    },
    {
      name: 'function archive',
      async attempt(random) {
        writeFileSync(path, mutatedBytes(random, zip));
        await refusing(async () => {
          const code = await openZipTree(path, { signal });
          try {
            await collectFunction({ code, layers: [] }, signal);
          } finally {
            await code.close();
          }
        });
      },
    },
  ];
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
