import { asObject, asText, textsOf } from '../model/raw.ts';
import { addConanReference } from './conan-reference.ts';
import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `conan.lock`: a graph of nodes in Conan 1 (formats 0.0 to 0.4), lists of references in Conan 2 (0.5). */
export const conanLock = textParser({
  id: 'conan/lock',
  declares: true,
  wants: (path) => /(?:^|\/)conan\.lock$/.test(path) && !isUnpacked(path),
  parse: parseConanLock,
});

const LISTS = ['requires', 'build_requires', 'python_requires', 'config_requires'];

export function parseConanLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  const nodes = asObject(asObject(lock?.graph_lock)?.nodes);
  if (lock === null || (nodes === null && !LISTS.some((key) => Array.isArray(lock[key])))) {
    return unreadable(path, 'The file is no lock file of Conan.');
  }
  const list = packageList({ path, ecosystem: 'conan', packageManager: 'OTHER' });
  for (const reference of LISTS.flatMap((key) => textsOf(lock[key]))) {
    addConanReference(list, reference);
  }
  for (const raw of Object.values(nodes ?? {})) {
    const node = asObject(raw);
    const reference = asText(node?.ref) ?? asText(node?.pref);
    if (node === null) {
      list.malformed('a node that is no object');
    } else if (reference === null || asText(node.path) !== null) {
      list.leaveOut('the project itself and recipes of its folders');
    } else {
      addConanReference(list, reference);
    }
  }
  return list.result();
}
