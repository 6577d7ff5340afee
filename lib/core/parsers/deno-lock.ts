import { asObject } from '../model/raw.ts';
import { createLockPackages } from './lock-packages.ts';
import { isNpmName, isNpmVersion, splitNpmName } from './npm-spelling.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** The npm part of deno.lock, version 2 to 5. Format: github.com/denoland/deno_lockfile. */
export const denoLock = textParser({
  id: 'npm/deno-lock',
  declares: true,
  wants: (path) => /(?:^|\/)deno\.lock$/.test(path) && !isUnpacked(path),
  called: 'The lock file',
  parse: parseDenoLock,
});

export function parseDenoLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  if (lock === null) {
    return unreadable(path, 'The lock file is not a JSON object.');
  }
  const found = createLockPackages({ ecosystem: 'npm', packageManager: 'NPM', path, isName: isNpmName });
  // Version 2 has the list in `npm.packages`, version 3 in `packages.npm`, later ones in `npm`.
  const nested = asObject(lock.packages);
  const own = asObject(lock.npm) ?? asObject(nested?.npm) ?? {};
  for (const key of Object.keys(asObject(own.packages) ?? own)) {
    if (found.isFull()) {
      break;
    }
    const { name, rest } = splitNpmName(key);
    // A version has no underscore, so one begins the peers.
    const [version = ''] = rest.split('_', 1);
    if (isNpmVersion(version)) {
      found.add(name, version);
    } else {
      found.doubt(key);
    }
  }
  for (const key of Object.keys(asObject(lock.jsr) ?? asObject(nested?.jsr) ?? {})) {
    found.leaveOut('packages of JSR', key);
  }
  for (const address of Object.keys(asObject(lock.remote) ?? {})) {
    found.leaveOut('modules by address', address);
  }
  return found.result();
}
