import { describe, expect, it } from 'vitest';
import { yamlLines } from './yaml-lines.ts';

const read = (text: string) =>
  [...yamlLines(text)].map(({ column, isItem, key, value }) => [column, isItem, key, value]);

describe('lines of block YAML', () => {
  it.each([
    ['a: b', [0, false, 'a', 'b']],
    ['  a:', [2, false, 'a', '']],
    ['- a', [2, true, null, 'a']],
    ['  - name: x', [4, true, 'name', 'x']],
    ['- - a', [4, true, null, 'a']],
    ['-', [1, true, null, '']],
    ['"a: b": "c # d" # e', [0, false, 'a: b', 'c # d']],
    ["'x': 'y'", [0, false, 'x', 'y']],
    ['- "Google/Utilities (7.1)":', [2, true, 'Google/Utilities (7.1)', '']],
    ['a: https://x/y#z # why', [0, false, 'a', 'https://x/y#z']],
    ['a::b=1', [0, false, null, 'a::b=1']],
    ['-x', [0, false, null, '-x']],
  ] as const)('%j', (text, line) => {
    expect(read(text)).toEqual([line]);
  });

  it('hold nothing where they are empty, comments or marks of a document', () => {
    expect(read('---\n\n# a: b\n   # c\n')).toEqual([]);
  });
});
