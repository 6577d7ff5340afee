import { asArray, asObject, asText } from '../model/raw.ts';
import { type PackageList, packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject, jsonValue } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `composer.lock`: packages and packages-dev. Format: Composer's documentation, "composer.lock". */
export const composerLock = textParser({
  id: 'packagist/composer-lock',
  declares: true,
  wants: (path) => LOCK.test(path) && !isUnpacked(path) && !VENDORED.test(path),
  parse: parseComposerLock,
});

/** What Composer installed: `vendor/composer/installed.json`, a list in version 1 and an object since version 2. */
export const composerInstalled = textParser({
  id: 'packagist/composer-installed',
  wants: (path) => INSTALLED.test(path),
  parse: parseComposerInstalled,
});

const LOCK = /(?:^|\/)composer\.lock$/;
const INSTALLED = /(?:^|\/)composer\/installed\.json$/;
const VENDORED = /(?:^|\/)vendor\/[^/]+\/[^/]+\//;

export function parseComposerLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  if (lock === null || !(Array.isArray(lock.packages) || Array.isArray(lock['packages-dev']))) {
    return unreadable(path, 'The file is no lock file of Composer.');
  }
  const list = packageList({ path, ecosystem: 'packagist', packageManager: 'COMPOSER' });
  addAll(list, [...asArray(lock.packages), ...asArray(lock['packages-dev'])]);
  return list.result();
}

export function parseComposerInstalled(text: string, path: string): ParseResult {
  const value = jsonValue(text);
  const packages = Array.isArray(value) ? value : asObject(value)?.packages;
  if (!Array.isArray(packages)) {
    return unreadable(path, "The file is no list of Composer's installed packages.");
  }
  const list = packageList({ path, ecosystem: 'packagist', packageManager: 'COMPOSER' });
  addAll(list, packages);
  return list.result();
}

/** Versions stay as they are written, `v6.2.0` among them: the order of Packagist drops the letter. */
function addAll(list: PackageList, entries: readonly unknown[]): void {
  for (const raw of entries) {
    const entry = asObject(raw);
    const name = asText(entry?.name);
    const version = asText(entry?.version);
    if (name === null || version === null) {
      list.malformed(name ?? JSON.stringify(raw) ?? '');
    } else if (asObject(entry?.dist)?.type === 'path') {
      list.leaveOut('packages of a folder of the project');
    } else {
      list.add({ name, version });
    }
  }
}
