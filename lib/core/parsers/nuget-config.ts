import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';
import { walkXml } from './xml-walk.ts';

/** `packages.config`, the older list of NuGet with exact versions. */
export const nugetConfig = textParser({
  id: 'nuget/packages-config',
  declares: true,
  wants: (path) => /(?:^|\/)packages(?:\.[^/]+)?\.config$/i.test(path) && !isUnpacked(path),
  parse: parseNugetConfig,
});

export function parseNugetConfig(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'nuget', packageManager: 'NUGET' });
  let root = '';
  const broken = walkXml(text, {
    open(element, attributes, parents) {
      root = root === '' ? element : root;
      if (element !== 'package' || parents.join('/') !== 'packages') {
        return;
      }
      const { id = '', version = '' } = attributes;
      if (id === '' || version === '') {
        list.malformed(id === '' ? 'a package without id' : id);
      } else {
        list.add({ name: id, version });
      }
    },
  });
  const { packages, ...rest } = list.result();
  if (broken !== null) {
    return unreadable(path, `The file is not whole: ${broken}`, packages);
  }
  return root === 'packages' ? { packages, ...rest } : unreadable(path, 'The file is no list of packages.');
}
