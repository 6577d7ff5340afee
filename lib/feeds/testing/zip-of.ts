import { buildZip } from '../../testing/zip-builder.ts';

/** A zip archive of the given files, for tests: what a publisher's tool would write, without dates and attributes. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return buildZip(Object.entries(files).map(([name, content]) => ({ name, content })));
}
