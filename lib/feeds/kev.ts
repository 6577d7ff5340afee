import { readFile } from 'node:fs/promises';
import { type KevCatalogue, parseKev } from '../core/advisories/kev.ts';
import type { SkipCount } from './skip-count.ts';

/** CISA's catalogue. A bad entry is counted and passed by; a file that is no catalogue throws. */
export async function readKev(path: string, skips: SkipCount): Promise<KevCatalogue> {
  const catalogue = parseKev(parseJson(await readFile(path, 'utf8')));
  if (catalogue === null) {
    throw new Error('it has no list "vulnerabilities"');
  }
  for (const { reason } of catalogue.refused) {
    skips.add(reason);
  }
  return catalogue;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is not JSON, or was cut short');
  }
}
