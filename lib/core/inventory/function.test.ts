import { expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { collectFunction } from './function.ts';

const { signal } = new AbortController();
const npm = (name: string, version: string): string => JSON.stringify({ name, version });

it('a function is read with its layers, each where the function sees it', async () => {
  const code = memoryFileTree({ 'node_modules/minimist/package.json': npm('minimist', '1.2.5') });
  const layer = memoryFileTree({ 'nodejs/node_modules/lodash/package.json': npm('lodash', '4.17.20') });

  const inventory = await collectFunction({ code, layers: [layer] }, signal);

  expect(inventory).toMatchObject({ outcome: 'complete', distro: null });
  expect(inventory.packages.map(({ purl, path }) => `${purl} ${path}`)).toEqual([
    'pkg:npm/lodash@4.17.20 opt/nodejs/node_modules/lodash/package.json',
    'pkg:npm/minimist@1.2.5 var/task/node_modules/minimist/package.json',
  ]);
});

it('of two layers with the same file the upper one counts', async () => {
  const at = 'nodejs/node_modules/lodash/package.json';
  const layers = [
    memoryFileTree({ [at]: npm('lodash', '4.17.20') }),
    memoryFileTree({ [at]: npm('lodash', '4.17.21') }),
  ];

  const inventory = await collectFunction({ code: memoryFileTree({ 'index.js': '' }), layers }, signal);

  expect(inventory.packages.map(({ version }) => version)).toEqual(['4.17.21']);
});

it('what of a layer cannot be read leaves the function partial', async () => {
  const layer = memoryFileTree({ a: '' }, { problems: [{ path: 'a', message: 'is encrypted' }] });

  const inventory = await collectFunction({ code: memoryFileTree({ 'index.js': '' }), layers: [layer] }, signal);

  expect(inventory.outcome).toBe('partial');
  expect(inventory.diagnostics).toEqual([{ level: 'warning', path: 'opt/a', message: 'is encrypted' }]);
});
