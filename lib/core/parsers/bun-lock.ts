import { asArray, asObject, asText } from '../model/raw.ts';
import { withoutComments } from './jsonc.ts';
import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { isArchive, isNpmName, isNpmVersion, splitNpmName } from './npm-spelling.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** bun.lock, JSON with comments and trailing commas. Format: oven-sh/bun, `src/install/lockfile/bun.lock.zig`. */
export const bunLock = textParser({
  id: 'npm/bun-lock',
  declares: true,
  wants: (path) => /(?:^|\/)bun\.lock$/.test(path) && !isUnpacked(path),
  called: 'The lock file',
  parse: parseBunLock,
});

export function parseBunLock(text: string, path: string): ParseResult {
  const lock = jsonObject(withoutComments(text));
  const packages = lock?.packages === undefined ? {} : asObject(lock.packages);
  const isVersioned = lock?.lockfileVersion === undefined || typeof lock.lockfileVersion === 'number';
  if (lock === null || packages === null || !isVersioned) {
    return unreadable(path, 'The lock file is not one that bun writes.');
  }
  const found = createLockPackages({ ecosystem: 'npm', packageManager: 'NPM', path, isName: isNpmName });
  for (const [key, entry] of Object.entries(packages)) {
    if (found.isFull()) {
      break;
    }
    addEntry(key, asText(asArray(entry)[0]), found);
  }
  return found.result();
}

/** The first member of each entry is what was resolved: `name@1.0.0`, `name@workspace:path`, `name@github:owner/name#commit`. */
function addEntry(key: string, resolved: string | null, found: LockPackages): void {
  const { name, rest } = splitNpmName(resolved ?? '');
  if (isNpmVersion(rest)) {
    found.add(name, rest);
  } else if (/^(?:workspace|root|file|link|folder|symlink):/.test(rest)) {
    found.leaveOut('folders and files of the project', resolved ?? key);
  } else if (rest.includes(':') || rest.includes('/') || isArchive(rest)) {
    found.leaveOut('entries without a version of the registry', resolved ?? key);
  } else {
    found.doubt(key);
  }
}
