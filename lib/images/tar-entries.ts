import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import type { LayerEntry } from '../core/ports/image-source.ts';

const TYPES: Readonly<Record<string, LayerEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'hardlink',
};

/** The entries of a tar stream. What a reader leaves of an entry is passed by. Throws on an archive that is damaged or cut short. */
export async function* tarEntries(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LayerEntry> {
  const extract = tar.extract();
  // Both ends tell of a failure; the reader below throws it.
  const feeding = pipeline(Readable.from(bytes, { objectMode: false }), extract).catch(() => undefined);
  try {
    for await (const entry of extract) {
      const { name, type, size, mode, linkname } = entry.header;
      yield {
        path: name,
        type: TYPES[type ?? 'file'] ?? 'other',
        size: size ?? 0,
        mode: mode ?? 0,
        target: linkname ?? null,
        body: leftAlone(entry),
      };
      entry.resume();
    }
  } finally {
    extract.destroy();
    await feeding;
  }
}

/** The body of an entry. A reader that stops early would end the whole archive with it, so it is not told of that. */
function leftAlone(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = body[Symbol.asyncIterator]();
      return { next: () => chunks.next() };
    },
  };
}
