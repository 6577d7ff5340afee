import { asArray, asObject, asText } from '../model/raw.ts';
import { packageList } from './package-list.ts';
import { noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { tomlObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `manifest.toml`, in which Gleam keeps what it resolved. Other programs use the name, too. */
export const gleamManifest = textParser({
  id: 'hex/gleam-manifest',
  declares: true,
  wants: (path) => /(?:^|\/)manifest\.toml$/.test(path) && !isUnpacked(path),
  bytesMax: 8 * 1024 * 1024,
  parse: parseGleamManifest,
});

export function parseGleamManifest(text: string, path: string): ParseResult {
  const manifest = tomlObject(text);
  if (manifest === null) {
    return unreadable(path, 'The file is not TOML.');
  }
  const packages = asArray(manifest.packages);
  if (!packages.some((raw) => asText(asObject(raw)?.source) !== null)) {
    return noPackage(path, 'The file lists no package that Gleam resolved.');
  }
  const list = packageList({ path, ecosystem: 'hex', packageManager: 'OTHER' });
  for (const raw of packages) {
    const entry = asObject(raw);
    const name = asText(entry?.name);
    const version = asText(entry?.version);
    if (name === null || version === null) {
      list.malformed(name ?? 'an entry without name');
    } else if (entry?.source === 'local') {
      list.leaveOut('packages of a folder of the project');
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}
