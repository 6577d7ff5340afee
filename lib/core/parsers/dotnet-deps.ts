import { asObject, asText } from '../model/raw.ts';
import { packageList } from './package-list.ts';
import { noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { textParser } from './text-parser.ts';

/**
 * `*.deps.json` beside a program of .NET: what was published with it. The shared frameworks of a runtime have such a file,
 * too, and a self-contained program lists them as runtime packs, under the names that advisories use
 * (`Microsoft.NETCore.App.Runtime.linux-x64`). Format: .NET's design document "runtime-configuration-file".
 */
export const dotnetDeps = textParser({
  id: 'nuget/deps-json',
  wants: (path) => path.endsWith('.deps.json'),
  parse: parseDotnetDeps,
});

const RUNTIME_PACK = 'runtimepack.';
/** What a package may put beside the program. */
const ASSETS = ['runtime', 'native', 'runtimeTargets', 'resources'];

export function parseDotnetDeps(text: string, path: string): ParseResult {
  const deps = jsonObject(text);
  if (deps === null) {
    return unreadable(path, 'The file is not a JSON object.');
  }
  const targets = asObject(deps.targets);
  const libraries = asObject(deps.libraries) ?? guessLibraries(targets);
  if (libraries === null) {
    return noPackage(path, 'The file names neither targets nor libraries.');
  }
  const target = asObject(targets?.[asText(asObject(deps.runtimeTarget)?.name) ?? '']);
  const list = packageList({ path, ecosystem: 'nuget', packageManager: 'DOTNET_CORE' });
  for (const [key, raw] of Object.entries(libraries)) {
    const type = asText(asObject(raw)?.type)?.toLowerCase();
    const slash = key.lastIndexOf('/');
    if (type !== 'package' && type !== 'runtimepack') {
      list.leaveOut('the program itself and libraries that are no packages');
    } else if (slash === -1) {
      list.malformed(key);
    } else if (target !== null && type === 'package' && !isDeployed(target[key])) {
      list.leaveOut('packages that were needed to build and put no file beside the program');
    } else {
      const name = key.slice(0, slash);
      list.add({
        name: name.startsWith(RUNTIME_PACK) ? name.slice(RUNTIME_PACK.length) : name,
        version: key.slice(slash + 1),
      });
    }
  }
  return list.result();
}

/** A library that the target does not name is counted: nothing says that it was left behind. */
function isDeployed(raw: unknown): boolean {
  const entry = asObject(raw);
  return entry === null || ASSETS.some((kind) => Object.keys(asObject(entry[kind]) ?? {}).length > 0);
}

/** Without libraries, those entries are packages whose files come from a package's folders. */
function guessLibraries(targets: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> | null {
  if (targets === null) {
    return null;
  }
  const entries = Object.values(targets).flatMap((target) => Object.entries(asObject(target) ?? {}));
  return Object.fromEntries(
    entries.map(([key, raw]) => [key, { type: hasPackageFolder(raw) ? 'package' : 'project' }]),
  );
}

function hasPackageFolder(raw: unknown): boolean {
  const entry = asObject(raw);
  const files = ASSETS.flatMap((kind) => Object.keys(asObject(entry?.[kind]) ?? {}));
  return files.some((file) => /^(?:lib|runtimes)\//.test(file));
}
