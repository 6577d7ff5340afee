import { type PackageList, packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `cabal.project.freeze` and the older `cabal.config`: the field `constraints`. */
export const cabalFreeze = textParser({
  id: 'hackage/cabal-freeze',
  declares: true,
  wants: (path) => /(?:^|\/)cabal\.(?:project\.freeze|config)$/.test(path) && !isUnpacked(path),
  parse: parseCabalFreeze,
});

const PIN = /^(?:any\.)?([A-Za-z0-9-]+)\s*==\s*([0-9]+(?:\.[0-9]+)*)$/;
const INSTALLED = /^(?:any\.)?[A-Za-z0-9-]+\s+installed$/;
const FLAGS = /^(?:any\.)?[A-Za-z0-9-]+(?:\s+[+-][A-Za-z0-9_-]+)+$/;
const RANGE = /^(?:any\.)?[A-Za-z0-9-]+\s*(?:[<>=^]|\()/;

export function parseCabalFreeze(text: string, path: string): ParseResult {
  const constraints = constraintsOf(text);
  if (constraints === null) {
    return unreadable(path, 'The file has no field of constraints.');
  }
  const list = packageList({ path, ecosystem: 'hackage', packageManager: 'OTHER' });
  for (const constraint of constraints) {
    addConstraint(list, constraint.trim());
  }
  return list.result();
}

function addConstraint(list: PackageList, constraint: string): void {
  const [, name = '', version = ''] = PIN.exec(constraint) ?? [];
  if (name !== '') {
    list.add({ name, version });
  } else if (INSTALLED.test(constraint)) {
    list.leaveOut('packages that come with the compiler have no version in the file');
  } else if (RANGE.test(constraint)) {
    list.leaveOut('ranges are no versions');
  } else if (constraint !== '' && !FLAGS.test(constraint)) {
    list.malformed(constraint);
  }
}

/** What stands between the commas of the fields of that name; a field goes on over indented lines. */
function constraintsOf(text: string): readonly string[] | null {
  const parts: string[] = [];
  let field = '';
  let isFreeze = false;
  for (const line of textLines(text)) {
    if (line.trim() === '' || line.trimStart().startsWith('--')) {
      continue;
    }
    const [, name, rest = ''] = /^([A-Za-z-]+):(.*)$/.exec(line) ?? [];
    field = name?.toLowerCase() ?? field;
    if (field === 'constraints') {
      isFreeze = true;
      for (const part of (name === undefined ? line : rest).split(',')) {
        parts.push(part);
      }
    }
  }
  return isFreeze ? parts : null;
}
