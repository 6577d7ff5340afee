import { asArray, asObject, asText } from '../model/raw.ts';
import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { tomlObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `Manifest.toml` of Julia, format 1 (packages at the top) and 2 (under `deps`). Format: Pkg's documentation. */
export const juliaManifest = textParser({
  id: 'julia/manifest',
  declares: true,
  wants: (path) => /(?:^|\/)(?:Julia)?Manifest(?:-v[0-9.]+)?\.toml$/.test(path) && !isUnpacked(path),
  bytesMax: 8 * 1024 * 1024,
  parse: parseJuliaManifest,
});

export function parseJuliaManifest(text: string, path: string): ParseResult {
  const manifest = tomlObject(text);
  if (manifest === null) {
    return unreadable(path, 'The file is not TOML.');
  }
  const isFlat = manifest.manifest_format === undefined && manifest.deps === undefined;
  const list = packageList({ path, ecosystem: 'julia', packageManager: 'OTHER' });
  for (const [name, entries] of Object.entries(isFlat ? manifest : (asObject(manifest.deps) ?? {}))) {
    for (const raw of asArray(entries)) {
      const entry = asObject(raw);
      const version = asText(entry?.version);
      const uuid = asText(entry?.uuid);
      if (entry === null || uuid === null) {
        list.malformed(name);
      } else if (asText(entry.path) !== null) {
        list.leaveOut('packages of a folder of the project');
      } else if (version === null) {
        list.leaveOut('packages that come with Julia or by commit have no version in the file');
      } else {
        list.add({ name, version, qualifiers: { uuid: uuid.slice(0, 64) } });
      }
    }
  }
  return list.result();
}
