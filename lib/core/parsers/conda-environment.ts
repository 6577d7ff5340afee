import { condaQualifiers } from './conda-meta.ts';
import { type PackageList, packageList } from './package-list.ts';
import { noPackage } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';
import { yamlLines } from './yaml-lines.ts';

/** `environment.yml` of conda: exact versions, those of its pip section among them. */
export const condaEnvironment = textParser({
  id: 'conda/environment',
  declares: true,
  wants: (path) => /(?:^|\/)environment\.ya?ml$/.test(path) && !isUnpacked(path),
  bytesMax: 4 * 1024 * 1024,
  parse: parseCondaEnvironment,
});

/** `[channel::]name`, then an operator or a blank, a version, and a build. */
const SPEC =
  /^(?:[^\s=<>~!:[\]]+::)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\s*(==?)\s*|\s+(?=[0-9]))([0-9][A-Za-z0-9._+!-]*)(?:[=\s]\s*([A-Za-z0-9_.]+))?$/;
const NAME = /^(?:[^\s=<>~!:[\]]+::)?[A-Za-z0-9_][A-Za-z0-9_.-]*/;
const PIP_PIN = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?\s*===?\s*([^\s;#*,]+)\s*(?:[;#].*)?$/;

export function parseCondaEnvironment(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'conda', packageManager: 'OTHER' });
  let section = '';
  let isEnvironment = false;
  let pipColumn = 0;
  for (const { column, isItem, key, value } of yamlLines(text)) {
    if (!isItem && column === 0) {
      section = key ?? '';
      isEnvironment ||= section === 'dependencies';
      if (section === 'dependencies' && value !== '' && value !== '[]') {
        list.malformed(value);
      }
    } else if (section === 'dependencies' && key === 'pip' && isItem && value === '') {
      pipColumn = column;
    } else if (section === 'dependencies') {
      const isPip = pipColumn !== 0 && column > pipColumn;
      pipColumn = isPip ? pipColumn : 0;
      addItem(list, isPip, key === null && isItem ? value : null, key ?? value);
    }
  }
  return isEnvironment ? list.result() : noPackage(path, 'The file lists no dependencies of a conda environment.');
}

function addItem(list: PackageList, isPip: boolean, item: string | null, written: string): void {
  if (item === null || item === '') {
    list.malformed(written);
  } else if (isPip) {
    addRequirement(list, item);
  } else {
    addSpec(list, item);
  }
}

/** One equals sign and no build also allows longer versions, so that the very version is likely and not certain. */
function addSpec(list: PackageList, spec: string): void {
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
    list.malformed(spec);
  }
}

function addRequirement(list: PackageList, requirement: string): void {
  const [, name = '', version = ''] = PIP_PIN.exec(requirement) ?? [];
  if (name === '') {
    list.leaveOut('ranges and names alone are no versions');
  } else {
    list.add({ ecosystem: 'pypi', packageManager: 'PIP', name, version });
  }
}
