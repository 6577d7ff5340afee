import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GLOB_LENGTH_MAX, toGlob } from './glob.ts';

describe('a glob', () => {
  it.each([
    ['pay*', 'payments', true],
    ['pay*', 'repay', false],
    ['*pay', 'repay', true],
    ['*pay*', 'repays', true],
    ['/srv/*/lib/*.jar', '/srv/a/b/lib/x.jar', true],
    ['/srv/*/lib/*.jar', '/srv/lib/x.jar', false],
    ['PAY*', 'payments', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a**b', 'ab', true],
    ['ab*ba', 'aba', false],
    ['*ab*b', 'ab', false],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['a?c', 'abc', false],
  ])('%s on %s: %s', (pattern, text, matches) => {
    expect(toGlob(pattern)(text)).toBe(matches);
  });

  it('matches what the same pattern as a regular expression does', () => {
    const piece = fc.constantFrom('a', 'b', '*', '/', '.');
    const pattern = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
    const text = fc.array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 14 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, text, (glob, subject) => {
        const peer = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^]*')}$`);
        expect(toGlob(glob)(subject)).toBe(peer.test(subject));
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes time that grows with the text, however hostile the pattern', () => {
    const hostile = [
      'a*'.repeat(GLOB_LENGTH_MAX / 2),
      `${'*a'.repeat(100)}b`,
      `*${'a'.repeat(200)}b*`,
      `*b${'a'.repeat(200)}*`,
    ];
    const text = 'a'.repeat(1_000_000);
    // With backtracking not even thirty characters would end before the test's time is over.
    expect(hostile.map((pattern) => toGlob(pattern)(text))).toEqual([true, false, false, false]);
  });
});
