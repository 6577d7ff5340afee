import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellLine } from './shell-line.ts';

it('plain words stand as they are, others in quotes', () => {
  expect(shellLine('npm', 'install', '@babel/core@7.0.1')).toBe('npm install @babel/core@7.0.1');
  expect(shellLine('a', '')).toBe("a ''");
  expect(shellLine('pip', "x'; rm -rf / #")).toBe("pip 'x'\\''; rm -rf / #'");
});

it.each(['$(id)', '`id`', "'; rm -rf /", 'a\nb', '~root', '*', 'é', '{a,b}', '!x', 'a\\', '"', '%1', '^a'])(
  'a shell reads %j as the one word that it is',
  (word) => {
    const line = shellLine('printf', '%s', word);

    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(word);
  },
);

it('nothing but safe signs stands outside of quotes, whatever the word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (word) => {
      const bare = shellLine(word).replaceAll(/'[^']*'|\\'/g, '');

      expect(bare).toMatch(/^[A-Za-z0-9@+=:,./_-]*$/);
    }),
  );
});
