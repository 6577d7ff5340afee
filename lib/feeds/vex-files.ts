import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readVex } from '../core/advisories/vex/read-vex.ts';
import type { VexStatement } from '../core/model/vex.ts';

const FILES_MAX = 2_000;
const FILE_BYTES_MAX = 64 * 1024 * 1024;

export interface VexFiles {
  readonly statements: readonly VexStatement[];
  /** One sentence for each document that could not be used. */
  readonly problems: readonly string[];
}

/** Reads VEX documents; one that cannot be used is named and passed by. */
export async function readVexFiles(paths: readonly string[]): Promise<VexFiles> {
  const statements: VexStatement[] = [];
  const problems: string[] = [];
  for (const path of paths.slice(0, FILES_MAX)) {
    try {
      if ((await stat(path)).size > FILE_BYTES_MAX) {
        throw new Error(`is larger than ${FILE_BYTES_MAX / 1024 / 1024} MiB`);
      }
      const read = readVex(JSON.parse(await readFile(path, 'utf8')));
      if ('refused' in read) {
        throw new Error(read.refused);
      }
      statements.push(...read);
    } catch (error) {
      problems.push(`The VEX document ${path} is not used: ${(error as Error).message}.`);
    }
  }
  if (paths.length > FILES_MAX) {
    problems.push(`Only the first ${FILES_MAX} of ${paths.length} VEX documents are used.`);
  }
  return { statements, problems };
}

/** The documents that an installation keeps: every JSON file in `vex` of its data directory. */
export async function vexPaths(dataDirectory: string): Promise<readonly string[]> {
  const folder = join(dataDirectory, 'vex');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}
