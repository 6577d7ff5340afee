import { compareText } from './digits.ts';
import type { VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

/**
 * Tags of a repository, such as `v1.2` or `R_2_4_0`. They can be told apart and nothing more: `compare` sorts them as
 * text, which says nothing about which came first, so a range between two of them is not read.
 */
export const tag: VersionScheme<string> = {
  id: 'tag',
  hasOrder: false,
  parse,
  compare: compareText,
  isDoubtful: () => false,
};

/** Git allows neither blanks nor control characters in the name of a tag. */
const TAG = /^[^\s\p{C}]+$/u;

function parse(text: string): string | null {
  return text.length <= VERSION_LENGTH_MAX && TAG.test(text) ? text : null;
}
