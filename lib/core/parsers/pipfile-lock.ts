import { asObject, asText } from '../model/raw.ts';
import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isInsideSitePackages, isPypiName } from './pypi-spelling.ts';
import { jsonObject } from './structured-text.ts';
import { textParser } from './text-parser.ts';

/** Pipfile.lock of pipenv: one list for each category of the Pipfile. Format: pipenv.pypa.io, "Pipfile.lock". */
export const pipfileLock = textParser({
  id: 'pypi/pipfile-lock',
  declares: true,
  wants: (path) => /(?:^|\/)Pipfile\.lock$/.test(path) && !isInsideSitePackages(path),
  called: 'The lock file',
  parse: parsePipfileLock,
});

export function parsePipfileLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  if (lock === null) {
    return unreadable(path, 'The lock file is not a JSON object.');
  }
  const found = createLockPackages({ ecosystem: 'pypi', packageManager: 'PIPENV', path, isName: isPypiName });
  for (const [category, raw] of Object.entries(lock)) {
    const packages = asObject(raw);
    if (category === '_meta') {
      continue;
    }
    if (packages === null) {
      found.doubt(category);
      continue;
    }
    for (const [name, entry] of Object.entries(packages)) {
      if (!found.isFull()) {
        addEntry(name, asObject(entry), found);
      }
    }
  }
  return found.result();
}

function addEntry(name: string, entry: Readonly<Record<string, unknown>> | null, found: LockPackages): void {
  const version = /^={2,3}\s*([^\s*]+)$/.exec(asText(entry?.version)?.slice(0, 300) ?? '')?.[1];
  if (version !== undefined) {
    found.add(name, version);
  } else if (
    entry !== null &&
    ['git', 'hg', 'svn', 'bzr', 'path', 'file'].some((origin) => typeof entry[origin] === 'string')
  ) {
    found.leaveOut('repositories, folders and archives without a version', name);
  } else {
    found.doubt(name);
  }
}
