import { expect, it } from 'vitest';
import { linesOf, type UsualWay, upgraded, waysOf } from '../../../testing/upgrade-ways.ts';

it.each<UsualWay>([
  ['@babel/core', 'srv/app/package-lock.json', '7.0.1', 'srv/app', 'npm install @babel/core@7.0.1'],
  ['lodash', 'package-lock.json', '4.17.21', '.', 'npm install lodash@4.17.21'],
  ['a', 'srv/node_modules/b/node_modules/a/package.json', '2.0.0', 'srv', 'npm install a@2.0.0'],
  ['npm', 'usr/lib/node_modules/npm/package.json', '10.1.0', null, 'npm install --global npm@10.1.0'],
  ['tar', 'usr/lib/node_modules/npm/node_modules/tar/package.json', '6.2.1', null, 'npm install --global npm@latest'],
  ['lodash', 'app/yarn.lock', '4.17.21', 'app', 'yarn upgrade lodash@4.17.21'],
  ['lodash', 'app/pnpm-lock.yaml', '4.17.21', 'app', 'pnpm update lodash@4.17.21'],
  ['lodash', 'app/bun.lock', '4.17.21', 'app', 'bun add lodash@4.17.21'],
  ['lodash', 'app/deno.lock', '4.17.21', 'app', 'deno add npm:lodash@4.17.21'],
])('%s of %s to %s', (name, path, fixed, folder, command) => {
  expect(linesOf(waysOf('npm', upgraded(name, path), fixed))[0]).toEqual([folder, command]);
});

it('a dependency that only other packages of npm ask for is pinned in the file of the project', () => {
  expect(waysOf('npm', upgraded('lodash', 'a/package-lock.json'), '4.17.21')?.[1]).toEqual({
    when: 'Where nothing but other packages asks for it',
    folder: 'a',
    edit: { file: 'package.json', text: '"overrides": {\n  "lodash": "4.17.21"\n}' },
    command: 'npm update lodash',
  });
});
