import { asObject, asText } from '../model/raw.ts';
import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { isArchive, isNpmName, isNpmVersion, splitNpmName } from './npm-spelling.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/**
 * npm's lock files of version 1 to 3. Format: npm's package-lock.json(5). The hidden lock `node_modules/.package-lock.json`
 * is not read: the manifests around it are what it was made from, and they are still true when somebody removed a folder.
 */
export const npmLock = textParser({
  id: 'npm/package-lock',
  declares: true,
  wants: (path) => PLACE.test(path) && !isUnpacked(path),
  called: 'The lock file',
  parse: parseNpmLock,
});

const PLACE = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/;
const FOLDER = 'node_modules/';
const LOCAL = 'folders of the project';
const UNVERSIONED = 'entries without a version of the registry';

export function parseNpmLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  if (lock === null) {
    return unreadable(path, 'The lock file is not a JSON object.');
  }
  const places = lock.packages === undefined ? {} : asObject(lock.packages);
  const dependencies = lock.dependencies === undefined ? {} : asObject(lock.dependencies);
  if (places === null || dependencies === null) {
    return unreadable(path, 'The lock file has a list of packages that is not an object.');
  }
  const found = createLockPackages({ ecosystem: 'npm', packageManager: 'NPM', path, isName: isNpmName });
  // Version 2 says everything twice; the nested list is for npm 6, and knows less.
  if (Object.keys(places).some((place) => place !== '')) {
    addPlaces(places, found);
  } else {
    addDependencies(dependencies, found);
  }
  return found.result();
}

/** Version 2 and 3: one entry for each folder in which a package lies. */
function addPlaces(places: Readonly<Record<string, unknown>>, found: LockPackages): void {
  for (const [place, raw] of Object.entries(places)) {
    const entry = asObject(raw);
    if (found.isFull()) {
      return;
    }
    if (place === '' || entry?.link === true) {
      continue;
    }
    const version = asText(entry?.version);
    if (entry === null) {
      found.doubt(place);
    } else if (!place.includes(FOLDER)) {
      found.leaveOut(LOCAL, place);
    } else if (version === null) {
      // Optional peers that nobody asked for have a place, and nothing in it.
      found.leaveOut(UNVERSIONED, place);
    } else {
      addVersion(asText(entry.name) ?? nameOfPlace(place), version, found);
    }
  }
}

/** What follows the last `node_modules/`; a few tools wrote places of version 2 into a list of version 1. */
function nameOfPlace(place: string): string {
  const last = place.lastIndexOf(FOLDER);
  return last === -1 ? place : place.slice(last + FOLDER.length);
}

/** Version 1: packages within packages. A list of work instead of recursion, since a stranger chose the depth. */
function addDependencies(dependencies: Readonly<Record<string, unknown>>, found: LockPackages): void {
  const work = [dependencies];
  for (let level = work.pop(); level !== undefined && !found.isFull(); level = work.pop()) {
    for (const [name, raw] of Object.entries(level)) {
      const entry = asObject(raw);
      const version = asText(entry?.version);
      const below = asObject(entry?.dependencies);
      if (below !== null) {
        work.push(below);
      }
      if (version === null) {
        found.doubt(name);
      } else {
        addVersion(nameOfPlace(name), version, found);
      }
    }
  }
}

/** A version is a number, an alias (`npm:name@1.0.0`), a path, or the address of an archive or a Git repository. */
function addVersion(name: string, version: string, found: LockPackages): void {
  if (version.startsWith('npm:')) {
    const alias = splitNpmName(version.slice('npm:'.length));
    addVersion(alias.name, alias.rest, found);
  } else if (isNpmVersion(version)) {
    found.add(name, version);
  } else if (version.startsWith('file:')) {
    found.leaveOut(isArchive(version) ? UNVERSIONED : LOCAL, `${name}@${version}`);
  } else if (version.includes(':')) {
    const published = versionOfAddress(name, version);
    if (published === null) {
      found.leaveOut(UNVERSIONED, `${name}@${version}`);
    } else {
      found.add(name, published);
    }
  } else {
    found.doubt(`${name}@${version}`);
  }
}

/** The version in the address of an archive of a registry: `…/name/-/name-1.0.0.tgz`. */
function versionOfAddress(name: string, address: string): string | null {
  const file = address.slice(address.lastIndexOf('/') + 1);
  const start = `${name.slice(name.indexOf('/') + 1)}-`;
  if (!address.includes('/-/') || !file.startsWith(start) || !file.endsWith('.tgz')) {
    return null;
  }
  const version = file.slice(start.length, -'.tgz'.length);
  return isNpmVersion(version) ? version : null;
}
