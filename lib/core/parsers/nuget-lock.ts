import { asObject, asText } from '../model/raw.ts';
import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `packages.lock.json` of NuGet, versions 1 and 2: packages of each framework. */
export const nugetLock = textParser({
  id: 'nuget/packages-lock',
  declares: true,
  wants: (path) => /(?:^|\/)packages(?:\.[^/]+)?\.lock\.json$/.test(path) && !isUnpacked(path),
  parse: parseNugetLock,
});

/** `project.assets.json`, which NuGet leaves in the folder `obj` when it restores. */
export const nugetAssets = textParser({
  id: 'nuget/project-assets',
  declares: true,
  wants: (path) => /(?:^|\/)project\.assets\.json$/.test(path) && !isUnpacked(path),
  parse: parseNugetAssets,
});

const PROJECTS = 'projects of the same solution';

export function parseNugetLock(text: string, path: string): ParseResult {
  const frameworks = asObject(jsonObject(text)?.dependencies);
  if (frameworks === null) {
    return unreadable(path, 'The file is no lock file of NuGet.');
  }
  const list = packageList({ path, ecosystem: 'nuget', packageManager: 'NUGET' });
  for (const [name, raw] of Object.values(frameworks).flatMap((one) => Object.entries(asObject(one) ?? {}))) {
    const entry = asObject(raw);
    const version = asText(entry?.resolved);
    if (entry?.type === 'Project') {
      list.leaveOut(PROJECTS);
    } else if (version === null) {
      list.malformed(name);
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}

export function parseNugetAssets(text: string, path: string): ParseResult {
  const libraries = asObject(jsonObject(text)?.libraries);
  if (libraries === null) {
    return unreadable(path, 'The file has no list of libraries.');
  }
  const list = packageList({ path, ecosystem: 'nuget', packageManager: 'NUGET' });
  for (const [key, raw] of Object.entries(libraries)) {
    const type = asText(asObject(raw)?.type)?.toLowerCase();
    const slash = key.lastIndexOf('/');
    if (type !== 'package') {
      list.leaveOut(PROJECTS);
    } else if (slash === -1) {
      list.malformed(key);
    } else {
      list.add({ name: key.slice(0, slash), version: key.slice(slash + 1) });
    }
  }
  return list.result();
}
