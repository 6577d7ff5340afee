import { asObject, asText } from '../model/raw.ts';
import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `renv.lock` of R. Format: renv's documentation, "Lockfiles". */
export const renvLock = textParser({
  id: 'cran/renv-lock',
  declares: true,
  wants: (path) => /(?:^|\/)renv\.lock$/.test(path) && !isUnpacked(path),
  parse: parseRenvLock,
});

export function parseRenvLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  if (lock === null) {
    return unreadable(path, 'The file is no lock file of renv.');
  }
  const list = packageList({ path, ecosystem: 'cran', packageManager: 'OTHER' });
  for (const [key, raw] of Object.entries(asObject(lock.Packages) ?? {})) {
    const entry = asObject(raw);
    const name = asText(entry?.Package) ?? key;
    const version = asText(entry?.Version);
    const source = asText(entry?.Source) ?? '';
    if (version === null) {
      list.malformed(key);
    } else if (source === 'Bioconductor' || /^(?:BioC|Bioconductor)/.test(asText(entry?.Repository) ?? '')) {
      list.leaveOut('packages of Bioconductor are not those of CRAN');
    } else if (source === 'Local') {
      list.leaveOut('packages of a folder of the machine');
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}
