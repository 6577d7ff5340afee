import { expect, it } from 'vitest';
import { wordList } from './word-list.ts';

it('words are listed as they are read aloud', () => {
  expect(wordList([])).toBe('');
  expect(wordList(['a'])).toBe('a');
  expect(wordList(['a', 'b'])).toBe('a and b');
  expect(wordList(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});
