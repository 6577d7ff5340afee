import { parse as parseYaml } from 'yaml';
import { asArray, asObject, asText } from '../model/raw.ts';
import { condaQualifiers } from './conda-meta.ts';
import { type PackageList, packageList } from './package-list.ts';
import { noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `environment.yml` of conda: exact versions, those of its pip section among them. People write these files by hand. */
export const condaEnvironment = textParser({
  id: 'conda/environment',
  wants: (path) => /(?:^|\/)environment\.ya?ml$/.test(path) && !isUnpacked(path),
  // The YAML library reads about 300 KB a second.
  bytesMax: 512 * 1024,
  parse: parseCondaEnvironment,
});

/** `[channel::]name`, then an operator or a blank, a version, and a build. */
const SPEC =
  /^(?:[^\s=<>~!:[\]]+::)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\s*(==?)\s*|\s+(?=[0-9]))([0-9][A-Za-z0-9._+!-]*)(?:[=\s]\s*([A-Za-z0-9_.]+))?$/;
const NAME = /^(?:[^\s=<>~!:[\]]+::)?[A-Za-z0-9_][A-Za-z0-9_.-]*/;
const PIP_PIN = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?\s*===?\s*([^\s;#*,]+)\s*(?:[;#].*)?$/;

export function parseCondaEnvironment(text: string, path: string): ParseResult {
  const environment = readEnvironment(text);
  if (environment === null) {
    return unreadable(path, 'The file is not YAML.');
  }
  if (!Array.isArray(environment.dependencies)) {
    return noPackage(path, 'The file lists no dependencies of a conda environment.');
  }
  const list = packageList({ path, ecosystem: 'conda', packageManager: 'OTHER' });
  for (const dependency of environment.dependencies) {
    const nested = asObject(dependency);
    if (nested !== null) {
      addPip(list, nested.pip);
    } else {
      addSpec(list, dependency);
    }
  }
  return list.result();
}

function readEnvironment(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(parseYaml(text, { maxAliasCount: 0, logLevel: 'silent' }));
  } catch {
    // The caller says so in a diagnostic.
    return null;
  }
}

/** One equals sign and no build also allows longer versions, so that the very version is likely and not certain. */
function addSpec(list: PackageList, raw: unknown): void {
  const spec = asText(raw)?.trim() ?? '';
  const [, name = '', operator, version = '', build] = SPEC.exec(spec) ?? [];
  if (name !== '' && !version.endsWith('.')) {
    const isExact = operator === '==' || build !== undefined;
    list.add({
      name,
      version,
      qualifiers: condaQualifiers(build ?? null, null),
      ...(isExact ? {} : { confidence: 'medium' as const }),
    });
  } else if (NAME.test(spec)) {
    list.leaveOut('ranges and names alone are no versions');
  } else {
    list.malformed(asText(raw) ?? JSON.stringify(raw) ?? '');
  }
}

function addPip(list: PackageList, raw: unknown): void {
  if (!Array.isArray(raw)) {
    list.malformed('a nested list that is none of pip');
  }
  for (const item of asArray(raw)) {
    const requirement = asText(item);
    const [, name = '', version = ''] = PIP_PIN.exec(requirement ?? '') ?? [];
    if (requirement === null) {
      list.malformed(JSON.stringify(item) ?? '');
    } else if (name === '') {
      list.leaveOut('ranges and names alone are no versions');
    } else {
      list.add({ ecosystem: 'pypi', packageManager: 'PIP', name, version });
    }
  }
}
